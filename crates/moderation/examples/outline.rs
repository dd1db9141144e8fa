//! tmp
use moderation::{Reading, stance};
use std::io::BufRead;
fn main() {
    let rules = match std::env::args().nth(1) {
        Some(p) => stance::Rules::parse(&std::fs::read_to_string(p).unwrap()).unwrap(),
        None => stance::Rules::shipped(),
    };
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let (id, text) = line.split_once('\t').unwrap();
        let r = Reading::of(text);
        let f = moderation::Facts::default();
        println!("{id}\t{}", stance::outline(&r, &rules));
        for x in stance::support(&r, &f, &rules).into_iter().chain(stance::hate(&r, &f, &rules)) {
            println!(
                "      {:?} {} {:?}",
                x.reason,
                x.weight,
                x.ranges.iter().map(|r| &text[r.clone()]).collect::<Vec<_>>()
            );
        }
    }
}
