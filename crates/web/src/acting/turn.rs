//! After a comment was kept, the rules that are switched on have their turn. It waits already; whatever fails here leaves
//! it waiting.

use crate::aftermath;
use crate::app::App;
use jiff::SignedDuration;
use newsroom::RulingId;
use newsroom::acting::Acting;
use newsroom::comment::{Held, RuledBy, Ruling};
use newsroom::policy::{self, Known, Record, RefusedText};
use store::StoreError;
use store::comments::Gathered;

/// Lets the rules decide about a comment that is kept; where none does, it waits for a person.
pub async fn let_rules_act(app: &App, held: &Held, gathered: &Gathered) {
    if let Err(error) = decide(app, held, gathered).await {
        tracing::warn!(%error, "no rule could decide; the comment waits");
    }
}

async fn decide(app: &App, held: &Held, gathered: &Gathered) -> Result<(), StoreError> {
    let Some(version) = app.acting.now() else { return Ok(()) };
    let (rules, sent) = (&version.rules, &held.submitted);
    let record = if policy::asks_for_record(rules, held, &gathered.section) {
        let days = SignedDuration::from_hours(24 * i64::from(rules.trusted_readers.days));
        app.store.record_of(sent.visitor, days, sent.at).await?
    } else {
        Record::default()
    };
    let refused =
        gathered.known.iter().filter_map(|known| Some(RefusedText { text: &known.text, reason: known.refused? }));
    let refused: Vec<RefusedText<'_>> = refused.collect();
    let known = Known { section: &gathered.section, refused: &refused, record };
    let Some((rule, decision)) = policy::act(rules, held, known) else { return Ok(()) };
    let at = app.now();
    let ruling = Ruling {
        id: RulingId(app.store.id(at)),
        story: sent.story,
        comment: sent.id,
        decision,
        by: RuledBy::Rule(Acting { rule, under: version.id }),
        at,
        why: String::new(),
    };
    match app.store.rule_as_read(&ruling, &sent.text).await {
        Ok(happening) => aftermath::tell(app, &happening).await,
        // Somebody was faster: a person with a ruling, or the author with other words, which have their own turn. Or somebody
        // has ruled on it before, and took that back: what becomes of it now is theirs to say.
        Err(StoreError::Conflict(_)) => {}
        Err(error) => return Err(error),
    }
    Ok(())
}
