//! What the paper says beside each reason of a refusal, in each language, for the statements of reasons.

use crate::engine::{Tx, values};
use crate::happenings::write_down;
use crate::{Store, StoreError};
use newsroom::comment::RefusalReason;
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::profile::Language;
use newsroom::{StaffId, Timestamp};
use std::collections::BTreeMap;
use std::sync::Arc;

impl Store {
    /// The paper's words beside every reason: (reason, language tag) → text.
    pub async fn reason_texts(&self) -> Result<BTreeMap<(String, String), String>, StoreError> {
        let read = self.engine.read(|tx| {
            Box::pin(
                async move { tx.rows("select reason, language, text from reason_texts limit 100", values![]).await },
            )
        });
        let rows = read.await?;
        rows.into_iter().map(|mut row| Ok(((row.text(0)?, row.text(1)?), row.text(2)?))).collect()
    }

    /// Puts the paper's words beside a reason, with the happening. An empty text takes them away. Statements that were made
    /// keep the words of their time.
    pub async fn keep_reason_texts(
        &self,
        reason: RefusalReason,
        texts: &[(Language, String)],
        by: StaffId,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let texts: Arc<[(Language, String)]> = texts.into();
        let happening = self.happening(Actor::Staff(by), What::ReasonTextChanged { reason }, "", now);
        let write = self.engine.write(move |tx| {
            let (texts, happening) = (Arc::clone(&texts), happening.clone());
            Box::pin(async move {
                for (language, text) in texts.iter() {
                    keep(tx, (reason, *language), text, (by, now)).await?;
                }
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }
}

async fn keep(
    tx: &mut Tx,
    (reason, language): (RefusalReason, Language),
    text: &str,
    (by, now): (StaffId, Timestamp),
) -> Result<(), StoreError> {
    if text.is_empty() {
        let gone = "delete from reason_texts where reason = $1 and language = $2";
        return tx.run(gone, values![reason.key(), language.tag()]).await.map(drop);
    }
    tx.run(
        "insert into reason_texts (reason, language, text, changed_at, by_id) values ($1, $2, $3, $4, $5)
         on conflict (reason, language) do update
         set text = excluded.text, changed_at = excluded.changed_at, by_id = excluded.by_id",
        values![reason.key(), language.tag(), text, now, by],
    )
    .await
    .map(drop)
}

/// The words beside a reason, by language tag, for a statement that is made now.
pub(crate) async fn reason_words(
    tx: &mut Tx,
    reason: Option<RefusalReason>,
) -> Result<BTreeMap<String, String>, StoreError> {
    let Some(reason) = reason else { return Ok(BTreeMap::new()) };
    let rows = tx.rows("select language, text from reason_texts where reason = $1", values![reason.key()]).await?;
    rows.into_iter().map(|mut row| Ok((row.text(0)?, row.text(1)?))).collect()
}
