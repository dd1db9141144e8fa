//! Who may sell the paper's places: `ads.txt` by the forms of the IAB Tech Lab's specification 1.1 (August 2022).

/// Bytes at most.
const MOST_BYTES: usize = 64 * 1024;
/// Variables that the specification knows.
const VARIABLES: [&str; 5] = ["CONTACT", "SUBDOMAIN", "INVENTORYPARTNERDOMAIN", "OWNERDOMAIN", "MANAGERDOMAIN"];

/// What is wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdsTxtProblem {
    /// The whole is too long.
    TooLong,
    /// Neither three nor four fields.
    Fields,
    /// The first field is no domain.
    Domain,
    /// No account.
    Account,
    /// Neither DIRECT nor RESELLER.
    Relationship,
    /// The fourth field is no name that an authority gives.
    Authority,
    /// No variable that is known.
    Variable,
    /// A variable without a value, or one that must be a domain and is not.
    Value,
}

impl AdsTxtProblem {
    /// The end of its key in the locales (`ads-txt.problem.…`).
    pub fn key(self) -> &'static str {
        match self {
            Self::TooLong => "too-long",
            Self::Fields => "fields",
            Self::Domain => "domain",
            Self::Account => "account",
            Self::Relationship => "relationship",
            Self::Authority => "authority",
            Self::Variable => "variable",
            Self::Value => "value",
        }
    }
}

/// The text as it is kept; empty: the paper has none.
///
/// # Errors
/// What is wrong, each with its line from 1.
pub fn check_ads_txt(typed: &str) -> Result<String, Vec<(usize, AdsTxtProblem)>> {
    let text = typed.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace(['\r', '\0'], "\n");
    if text.len() > MOST_BYTES {
        return Err(vec![(1, AdsTxtProblem::TooLong)]);
    }
    let wrong = |(number, line): (usize, &str)| check_line(line).err().map(|problem| (number, problem));
    let problems: Vec<_> = (1..).zip(text.lines()).filter_map(wrong).collect();
    if problems.is_empty() { Ok(text.trim_end().to_owned()) } else { Err(problems) }
}

/// A remark, a record, a variable, or nothing.
fn check_line(line: &str) -> Result<(), AdsTxtProblem> {
    let said = line.split('#').next().unwrap_or_default().trim();
    // What follows a semicolon is for extensions.
    let said = said.split(';').next().unwrap_or_default().trim();
    if said.is_empty() {
        return Ok(());
    }
    match said.split_once('=') {
        Some((name, value)) if !name.contains(',') => check_variable(name.trim(), value.trim()),
        _ => check_record(said),
    }
}

fn check_variable(name: &str, value: &str) -> Result<(), AdsTxtProblem> {
    let known = VARIABLES.into_iter().find(|known| known.eq_ignore_ascii_case(name)).ok_or(AdsTxtProblem::Variable)?;
    let right = match known {
        "CONTACT" => !value.is_empty(),
        // A country may stand after the domain of a manager.
        "MANAGERDOMAIN" => is_domain(value.split(',').next().unwrap_or_default().trim()),
        _ => is_domain(value),
    };
    if right { Ok(()) } else { Err(AdsTxtProblem::Value) }
}

fn check_record(record: &str) -> Result<(), AdsTxtProblem> {
    let fields: Vec<&str> = record.split(',').map(str::trim).collect();
    let (domain, account, relationship, authority) = match fields.as_slice() {
        [domain, account, relationship] => (*domain, *account, *relationship, None),
        [domain, account, relationship, authority] => (*domain, *account, *relationship, Some(*authority)),
        _ => return Err(AdsTxtProblem::Fields),
    };
    let sells = ["DIRECT", "RESELLER"].iter().any(|known| known.eq_ignore_ascii_case(relationship));
    let named = |id: &str| !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric());
    match () {
        () if !is_domain(domain) => Err(AdsTxtProblem::Domain),
        () if account.is_empty() || account.contains(char::is_whitespace) => Err(AdsTxtProblem::Account),
        () if !sells => Err(AdsTxtProblem::Relationship),
        () if !authority.is_none_or(named) => Err(AdsTxtProblem::Authority),
        () => Ok(()),
    }
}

fn is_domain(text: &str) -> bool {
    let label = |label: &str| {
        let edges = label.starts_with('-') || label.ends_with('-');
        !label.is_empty() && !edges && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    text.contains('.') && text.split('.').all(label)
}
