//! The form of the acting rules.

use crate::rulebook::{Sent, field};
use newsroom::acting::{ActingRule, ActingRules, LEAST_PERCENT, LEAST_RELEASED, MOST_DAYS, MOST_HOSTS, Scope};
use newsroom::comment::RefusalReason;
use std::str::FromStr;

/// What is wrong in the form: a key of the locales.
pub type Problem = &'static str;

/// The settings as typed, and everything that is wrong with them. What cannot be read stays as it was.
pub fn read(sent: &Sent, was: &ActingRules, sections: &[String]) -> (ActingRules, Vec<Problem>) {
    let (mut rules, mut problems) = (was.clone(), Vec::new());
    for rule in ActingRule::ALL {
        match scope(sent, rule, sections) {
            Ok(scope) => *rules.scope_mut(rule) = scope,
            Err(problem) => problems.push(problem),
        }
    }
    let mut number = |name: &str, (least, most): (u32, u32), problem: Problem| {
        let read = number::<u32>(field(sent, name)).filter(|number| (least..=most).contains(number));
        if read.is_none() {
            problems.push(problem);
        }
        read
    };
    let percent = number("percent", (LEAST_PERCENT.into(), 100), "acting.wrong-percent");
    rules.near_copies.percent =
        percent.and_then(|percent| u8::try_from(percent).ok()).unwrap_or(rules.near_copies.percent);
    let trusted = &mut rules.trusted_readers;
    trusted.released =
        number("released", (LEAST_RELEASED, 100_000), "acting.wrong-released").unwrap_or(trusted.released);
    trusted.days = number("days", (1, MOST_DAYS), "acting.wrong-days").unwrap_or(trusted.days);
    match hosts(field(sent, "hosts")) {
        Some(hosts) => rules.blocked_links.hosts = hosts,
        None => problems.push("acting.wrong-hosts"),
    }
    match (reason(sent, "links-reason"), reason(sent, "limits-reason")) {
        (Some(links), Some(limits)) => (rules.blocked_links.reason, rules.limits.reason) = (links, limits),
        _ => problems.push("acting.wrong-reason"),
    }
    if rules.blocked_links.scope.is_on() && rules.blocked_links.hosts.is_empty() {
        problems.push("acting.no-hosts");
    }
    (rules, problems)
}

fn scope(sent: &Sent, rule: ActingRule, sections: &[String]) -> Result<Scope, Problem> {
    let name = format!("section-{}", rule.key());
    match field(sent, &format!("scope-{}", rule.key())) {
        "off" => Ok(Scope::Off),
        "everywhere" => Ok(Scope::Everywhere),
        "sections" => {
            let ticked = sent.iter().filter(|(key, value)| *key == name && sections.contains(value));
            let ticked: Vec<String> = ticked.map(|(_, value)| value.clone()).collect();
            if ticked.is_empty() { Err("acting.no-section") } else { Ok(Scope::Sections(ticked)) }
        }
        _ => Err("acting.wrong-scope"),
    }
}

fn number<N: FromStr>(typed: &str) -> Option<N> {
    arabic::digits::to_western(typed.trim()).parse().ok()
}

fn reason(sent: &Sent, name: &str) -> Option<RefusalReason> {
    RefusalReason::from_key(field(sent, name))
}

/// One a line: a host, or an address of which the host is taken. None where a line is neither, or where there are too many.
fn hosts(typed: &str) -> Option<Vec<String>> {
    let mut hosts = Vec::new();
    for line in typed.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let address = if line.contains("://") { line.to_owned() } else { format!("https://{line}") };
        let found = moderation::addresses(&address);
        let [found] = found.as_slice() else { return None };
        if found.range != (0..address.len()) || !found.host.contains('.') {
            return None;
        }
        hosts.push(found.host.clone());
    }
    hosts.sort();
    hosts.dedup();
    (hosts.len() <= MOST_HOSTS).then_some(hosts)
}
