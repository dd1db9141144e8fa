//! The rules, in the order of the report. Each also finds what the policy says for nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::licence::Licence;
use super::lock::{Lock, Locked};
use super::manifests::Manifests;
use super::policy::Policy;
use super::{LOCK, POLICY};
use crate::complaint::Complaint;

/// All that a rule may look at.
pub struct Known {
    /// What is allowed.
    pub policy: Policy,
    /// What is taken.
    pub lock: Lock,
    /// What the crates say of themselves.
    pub manifests: Manifests,
}

impl Known {
    fn against(&self, locked: &Locked, says: &str) -> Complaint {
        Complaint::about(LOCK, format!("{} {says}. It comes in by {}", locked.shown(), self.lock.way_to(locked)))
    }
}

/// The policy's own line asks for something that is not there.
fn idle(says: String) -> Complaint {
    Complaint::about(POLICY, says)
}

/// From the registry alone, and as the registry first gave it out.
pub fn sources(known: &Known) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for locked in &known.lock.crates {
        let Some(source) = &locked.source else { continue };
        if !known.policy.sources.contains(source) {
            complaints.push(known.against(locked, &format!("comes from {source}, which is no allowed source")));
        } else if locked.checksum.is_none() {
            complaints.push(known.against(locked, "has no checksum"));
        }
    }
    complaints
}

/// What is banned is nowhere in the lock file, for no system and no purpose.
pub fn banned(known: &Known) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for entry in &known.policy.banned {
        let found = entry.crates.iter().flat_map(|name| known.lock.called(name));
        complaints.extend(
            found.map(|locked| known.against(locked, &format!("is banned: {}", entry.because.trim_end_matches('.')))),
        );
    }
    complaints
}

/// A compiler of C, or a library of the system, is asked for only by those that are listed.
pub fn native(known: &Known) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let mut asking = BTreeSet::new();
    for locked in &known.lock.crates {
        let Some(how) = asks_for_c(known, locked) else { continue };
        asking.insert(locked.name.as_str());
        if !known.policy.native.iter().any(|entry| entry.name == locked.name) {
            complaints.push(known.against(locked, &format!("{how} and is not among the native crates")));
        }
    }
    for entry in &known.policy.native {
        // What links alone shows only in a manifest, which may not be on this machine.
        let seen = known.manifests.of_all_systems || known.manifests.crates.iter().any(|each| each.name == entry.name);
        let gone = known.lock.called(&entry.name).next().is_none();
        if gone || (seen && !asking.contains(entry.name.as_str())) {
            complaints.push(idle(format!("{} is among the native crates for nothing", entry.name)));
        }
    }
    complaints
}

fn asks_for_c(known: &Known, locked: &Locked) -> Option<String> {
    let tool = known.lock.asked_by(locked).find(|asked| known.policy.tools_of_c.contains(&asked.name));
    if let Some(tool) = tool {
        return Some(format!("builds with {}", tool.name));
    }
    let links = known.manifests.get(&locked.name, &locked.version)?.links.as_ref()?;
    Some(format!("links «{links}»"))
}

/// Every crate can be used under licences that go together with the program's.
pub fn licences(known: &Known) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let mut stated = Vec::new();
    for manifest in &known.manifests.crates {
        let Some(locked) = known.lock.get(&manifest.name, &manifest.version) else { continue };
        let text = manifest.license.as_deref().unwrap_or_default();
        match Licence::parse(text) {
            Err(error) => complaints.push(known.against(locked, &format!("states the licence «{text}»: {error}"))),
            Ok(licence) => {
                if !licence.is_met(&|one| allows(known, &manifest.name, one)) {
                    let says = format!("states the licence {licence}, of which the policy does not allow enough");
                    complaints.push(known.against(locked, &says));
                }
                stated.push((manifest.name.as_str(), licence));
            }
        }
    }
    if known.manifests.of_all_systems {
        complaints.extend(idle_licences(&known.policy, &stated));
    }
    complaints
}

fn allows(known: &Known, name: &str, licence: &str) -> bool {
    let for_it = |entry: &super::policy::LicenceFor| entry.name == name && entry.licence == licence;
    known.policy.licences.iter().any(|one| one == licence) || known.policy.licence_for.iter().any(for_it)
}

fn idle_licences(policy: &Policy, stated: &[(&str, Licence)]) -> Vec<Complaint> {
    let named = |name: &String| stated.iter().any(|(_, licence)| licence.names(name));
    let general = policy.licences.iter().filter(|name| !named(name));
    let general = general.map(|name| idle(format!("no crate states the licence {name}")));
    let special = policy.licence_for.iter().filter(|entry| {
        let states = |(name, licence): &(&str, Licence)| *name == entry.name && licence.names(&entry.licence);
        policy.licences.contains(&entry.licence) || !stated.iter().any(states)
    });
    let special = special.map(|entry| idle(format!("{} needs no leave for {}", entry.name, entry.licence)));
    general.chain(special).collect()
}

/// No crate is there in several lines of versions, unless it is known why.
pub fn twice(known: &Known) -> Vec<Complaint> {
    let mut lines: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for locked in &known.lock.crates {
        lines.entry(&locked.name).or_default().insert(locked.line());
    }
    let listed: BTreeMap<&str, BTreeSet<&str>> =
        known.policy.known_twice().map(|(name, lines)| (name, lines.into_iter().collect())).collect();
    let mut complaints = Vec::new();
    for (name, found) in lines.iter().filter(|(_, found)| found.len() > 1) {
        let expected = listed.get(name);
        for locked in known.lock.called(name).filter(|_| expected != Some(found)) {
            let says = match expected {
                None => "is there several times",
                Some(_) => "is there in other lines of versions than are listed",
            };
            complaints.push(known.against(locked, says));
        }
    }
    for name in listed.keys().filter(|name| lines.get(*name).is_none_or(|found| found.len() < 2)) {
        complaints.push(idle(format!("{name} is listed as being there several times, and is not any more")));
    }
    complaints
}

/// A fault was accepted for certain versions, and those are what is here.
pub fn advisories(known: &Known) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for entry in &known.policy.advisory {
        let here: Vec<&Locked> = known.lock.called(&entry.name).collect();
        if here.is_empty() {
            complaints.push(idle(format!("{} is accepted for {}, which is not here any more", entry.id, entry.name)));
        }
        for locked in here.into_iter().filter(|locked| !entry.versions.contains(&locked.version)) {
            let says = format!("has come since {} was accepted for {}", entry.id, entry.versions.join(", "));
            complaints.push(known.against(locked, &says));
        }
    }
    complaints
}
