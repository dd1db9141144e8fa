use super::raw::{Phrases, Raw};
use crate::rulebook::fingerprint::Fingerprint;

impl Raw {
    /// One number for these rules, whatever their comments and their places in the text.
    pub(super) fn fingerprint(&self) -> u64 {
        let mut print = Fingerprint::new();
        for group in &self.group {
            print.text(group.id.get_ref()).text(group.name.get_ref());
            for (kind, name) in group.names() {
                print.number(kind as u64).text(name.get_ref());
            }
            for homonym in &group.homonyms {
                print.text(homonym.name.get_ref());
                take(&mut print, &homonym.needs);
                take(&mut print, &homonym.unless);
            }
        }
        for people in &self.people {
            print.text(people.id.get_ref()).text(people.name.get_ref());
            take(&mut print, &people.names);
            take(&mut print, &people.slurs);
        }
        for (section, table) in self.tables() {
            for (key, phrases) in table {
                take(print.text(section).text(key), phrases);
            }
        }
        print.value()
    }
}

fn take(print: &mut Fingerprint, phrases: &Phrases) {
    print.number(phrases.len() as u64);
    for phrase in phrases {
        print.text(phrase.get_ref());
    }
}
