//! `midad rulebook`: shows the rules, checks a file of one's own, and tries it on what was judged before.

use super::around::{Around, Story};
use crate::serve::open;
use crate::settings::Settings;
use crate::upkeep::{complain, print};
use anyhow::{Context, Result, anyhow};
use clap::ArgMatches;
use moderation::rulebook::{Problem, SHIPPED};
use moderation::{Advice, Models, Rulebook, Verdict};
use newsroom::{CommentId, StoryId};
use std::collections::BTreeMap;
use std::mem::take;
use store::queue::Judged;
use web::Words;
use web::learning::LayerInForce;

/// Comments read at a time.
const PAGE: u32 = 100;

/// Carries out one of the three.
///
/// # Errors
/// When the file cannot be read or is no rulebook; every problem is printed with its line.
pub async fn run(settings: &Settings, asked: &ArgMatches, t: &Words) -> Result<()> {
    match asked.subcommand() {
        Some(("check", asked)) => {
            let rulebook = read(crate::commands::text(asked, "file"), t)?;
            print(&t.with("cli.rulebook.good", 1, &[("print", &format!("{:016x}", rulebook.fingerprint()))]));
            Ok(())
        }
        Some(("replay", asked)) => replay(settings, asked, t).await,
        _ => {
            let shipped = SHIPPED.into_iter().chain([("stance.toml", moderation::stance::SHIPPED)]);
            shipped.for_each(|(name, text)| print(&format!("# ── {name} ──\n{text}")));
            Ok(())
        }
    }
}

/// Reads a rulebook file; its problems go to the error output, each with file, line and column.
pub fn read(file: &str, t: &Words) -> Result<Rulebook> {
    let text = std::fs::read_to_string(file).with_context(|| file.to_owned())?;
    Rulebook::parse(&text).map_err(|problems| {
        problems.iter().for_each(|problem| complain(&sentence(file, problem, t)));
        anyhow!(t.n("cli.rulebook.bad", problems.len()))
    })
}

fn sentence(file: &str, problem: &Problem, t: &Words) -> String {
    format!("{file}:{}:{}: {}", problem.line, problem.column, web::rulebook_problem(problem, t))
}

/// Judges every stored comment under the present rules and under the file's, and shows who would move. What a comment met at
/// its time (copies, speed) is not known any more, for neither side, so that the rules alone make the difference.
async fn replay(settings: &Settings, asked: &ArgMatches, t: &Words) -> Result<()> {
    let tried = read(crate::commands::text(asked, "file"), t)?;
    let (shipped, store, own) = (Models::shipped(), open(settings, t).await?, LayerInForce::default());
    own.take_up(&store, &shipped).await?;
    let models = shipped.with_own(own.layer());
    let present = settings.rulebook(&store, t).await?;
    let mut moves: BTreeMap<(&str, &str, &str), u64> = BTreeMap::new();
    let (mut all, mut moved, mut after) = (0_u64, 0_u64, (StoryId(0), CommentId(0)));
    let mut gone = 0_u64;
    loop {
        let page = store.judged(after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = (last.story, last.comment);
        for mut comment in page {
            if comment.text.is_empty() {
                gone += 1;
                continue;
            }
            let around = around(&mut comment);
            let again = |rulebook| around.judged(&comment.text, &comment.name, rulebook, &models);
            let (was, now) = (again(&present), again(&tried));
            all += 1;
            if was.advice == now.advice && was.priority == now.priority {
                continue;
            }
            moved += 1;
            *moves.entry((comment.state.key(), was.advice.name(), now.advice.name())).or_default() += 1;
            print(&line(&comment, &was, &now, t));
        }
    }
    for ((state, was, now), count) in &moves {
        let words = |advice: &str| t.s(&format!("advice.{advice}"));
        let state = t.s(&format!("state.{state}"));
        print(&format!("{count:>8}  {state}: {} → {}", words(was), words(now)));
    }
    print(&t.with("cli.rulebook.moved", moved, &[("all", &t.number(all))]));
    if gone > 0 {
        print(&t.n("cli.rulebook.gone", gone));
    }
    Ok(())
}

/// Takes out of a stored comment what stood around it.
fn around(comment: &mut Judged) -> Around {
    let (headline, text) = (take(&mut comment.headline), take(&mut comment.story_text));
    let story = Story { headline, text, section: take(&mut comment.section) };
    Around { story, parent: take(&mut comment.parent), known: Vec::new() }
}

/// Who moves, from where to where, and what became of the comment.
fn line(comment: &Judged, was: &Verdict, now: &Verdict, t: &Words) -> String {
    let words = |advice: Advice| t.s(&format!("advice.{}", advice.name()));
    format!(
        "{}\t{}\t{} {} → {} {}",
        comment.comment.short(),
        t.s(&format!("state.{}", comment.state.key())),
        words(was.advice),
        was.priority,
        words(now.advice),
        now.priority
    )
}
