//! What an editor changes in the paper's rules of the examination, as changes of their text: comments, order and spaces of
//! what is not touched stay as they were written. Whether the new text is right is for `moderation::Rulebook::parse` to say.

#[cfg(test)]
mod tests;

use moderation::{Head, List};
use toml_edit::{Array, ArrayOfTables, DocumentMut, Formatted, Item, Table, TableLike, Value, value};

/// One change.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// Limits by their names; none: as shipped.
    Limits(Vec<(&'static str, Option<u64>)>),
    /// Phases by their names, and whether each looks; one that looks needs no word.
    Phases(Vec<(&'static str, bool)>),
    /// From where a head's answer is worth a look and is doubted, in thousandths; none: where the models say.
    Heads(Vec<(Head, Option<(u16, u16)>)>),
    /// Entries for one of the lists.
    AddWords(NewWords),
    /// An entry to be looked for no more, the paper's own or a shipped one.
    TakeOutWord(String),
    /// A group that the paper's law lists.
    AddGroup(NewGroup),
    /// The policies that hold everywhere.
    Active(Vec<String>),
    /// Another text in place of all.
    Text(String),
}

/// Entries that have everything but their letters in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWords {
    /// In which list.
    pub list: List,
    /// The entries.
    pub entries: Vec<String>,
    /// What each weighs, 0 to 1,000.
    pub weight: u16,
    /// Words beside which they are meant literally.
    pub unless_near: Vec<String>,
}

/// A group with its names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewGroup {
    /// Short, for the log; letters that stand in an address.
    pub id: String,
    /// As findings name it.
    pub name: String,
    /// By which list it stands here.
    pub listed: Vec<String>,
    /// What it calls itself in public.
    pub official: Vec<String>,
    /// Titles that hardly anybody but its followers uses.
    pub adopted: Vec<String>,
    /// The media's names.
    pub neutral: Vec<String>,
    /// Its opponents' names.
    pub hostile: Vec<String>,
}

/// The text that stands there is no TOML, or holds something else where the change belongs: it can be changed as a text only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the rules are not in the shape that this change needs")]
pub struct OtherShape;

/// The paper's own entries of word lists, list by list, in the order in which they stand.
pub fn own_words(text: &str) -> Vec<(String, Vec<String>)> {
    let Ok(document) = text.parse::<DocumentMut>() else { return Vec::new() };
    let tables = document.get("words").and_then(Item::as_array_of_tables).into_iter().flatten();
    let read = |table: &Table| {
        let list = table.get("list").and_then(Item::as_str).unwrap_or_default().to_owned();
        let entries = table.get("entries").and_then(Item::as_array).into_iter().flatten();
        (list, entries.filter_map(Value::as_str).map(str::to_owned).collect())
    };
    tables.map(read).collect()
}

/// Names of the paper's own groups.
pub fn own_groups(text: &str) -> Vec<String> {
    let Ok(document) = text.parse::<DocumentMut>() else { return Vec::new() };
    let tables = document.get("group").and_then(Item::as_array_of_tables).into_iter().flatten();
    tables.filter_map(|table| table.get("name").and_then(Item::as_str)).map(str::to_owned).collect()
}

/// The text with the change in it.
///
/// # Errors
/// [`OtherShape`].
pub fn edited(text: &str, edit: &Edit) -> Result<String, OtherShape> {
    if let Edit::Text(text) = edit {
        return Ok(text.clone());
    }
    let mut document = text.parse::<DocumentMut>().map_err(|_| OtherShape)?;
    match edit {
        Edit::Limits(limits) => {
            let numbers = limits.iter().map(|(name, number)| (*name, number.map(whole)));
            set_all(&mut document, "limits", numbers)?;
        }
        Edit::Phases(phases) => {
            let switches = phases.iter().map(|(name, on)| (*name, (!on).then(|| Value::from(false))));
            set_all(&mut document, "phases", switches)?;
        }
        Edit::Heads(heads) => {
            let points = heads.iter().map(|(head, points)| (head.name(), points.map(thresholds)));
            set_all(&mut document, "heads", points)?;
        }
        Edit::AddWords(words) => tables(&mut document, "words")?.push(words.table()),
        Edit::TakeOutWord(entry) => take_out(&mut document, entry)?,
        Edit::AddGroup(group) => tables(&mut document, "group")?.push(group.table()),
        Edit::Active(names) if names.is_empty() => drop(document.remove("active")),
        Edit::Active(names) => document["active"] = value(list(names)),
        Edit::Text(_) => {}
    }
    Ok(document.to_string())
}

/// Sets keys of a table and takes out those without a value; a table without keys goes.
fn set_all<'k>(
    document: &mut DocumentMut,
    table: &str,
    values: impl Iterator<Item = (&'k str, Option<Value>)>,
) -> Result<(), OtherShape> {
    let part = document.entry(table).or_insert(Item::Table(Table::new()));
    let part: &mut dyn TableLike = part.as_table_like_mut().ok_or(OtherShape)?;
    for (key, new) in values {
        match new {
            Some(new) => drop(part.insert(key, Item::Value(new))),
            None => drop(part.remove(key)),
        }
    }
    if part.is_empty() {
        document.remove(table);
    }
    Ok(())
}

fn tables<'d>(document: &'d mut DocumentMut, name: &str) -> Result<&'d mut ArrayOfTables, OtherShape> {
    let tables = document.entry(name).or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
    tables.as_array_of_tables_mut().ok_or(OtherShape)
}

/// Takes an entry of the paper's own out; where there is none, a shipped one is named in `without-words`.
fn take_out(document: &mut DocumentMut, entry: &str) -> Result<(), OtherShape> {
    let mut found = false;
    if let Some(tables) = document.get_mut("words").and_then(Item::as_array_of_tables_mut) {
        for table in tables.iter_mut() {
            let Some(entries) = table.get_mut("entries").and_then(Item::as_array_mut) else { continue };
            let before = entries.len();
            entries.retain(|value| value.as_str() != Some(entry));
            found |= entries.len() < before;
        }
        tables.retain(|table| table.get("entries").and_then(Item::as_array).is_none_or(|entries| !entries.is_empty()));
        if tables.is_empty() {
            document.remove("words");
        }
    }
    if !found {
        let without = document.entry("without-words").or_insert(value(Array::new()));
        without.as_array_mut().ok_or(OtherShape)?.push(entry);
    }
    Ok(())
}

fn whole(number: u64) -> Value {
    Value::from(i64::try_from(number).unwrap_or(i64::MAX))
}

fn thresholds((hold, propose): (u16, u16)) -> Value {
    let fraction = |points: u16| Value::Float(Formatted::new(f64::from(points) / 1_000.0));
    let mut pair = toml_edit::InlineTable::new();
    pair.insert("hold", fraction(hold));
    pair.insert("propose", fraction(propose));
    Value::InlineTable(pair)
}

fn list(texts: &[String]) -> Array {
    texts.iter().map(String::as_str).collect()
}

impl NewWords {
    fn table(&self) -> Table {
        let mut table = Table::new();
        table["list"] = value(self.list.name());
        table["weight"] = value(i64::from(self.weight));
        if !self.unless_near.is_empty() {
            table["unless-near"] = value(list(&self.unless_near));
        }
        table["entries"] = value(list(&self.entries));
        table
    }
}

impl NewGroup {
    fn table(&self) -> Table {
        let mut table = Table::new();
        table["id"] = value(&self.id);
        table["name"] = value(&self.name);
        let lists = [
            ("listed", &self.listed),
            ("official", &self.official),
            ("adopted", &self.adopted),
            ("neutral", &self.neutral),
            ("hostile", &self.hostile),
        ];
        for (key, names) in lists {
            table[key] = value(list(names));
        }
        table
    }
}
