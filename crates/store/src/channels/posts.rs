//! Which message of a channel of Telegram tells of which story, so that it can be changed or taken away with it.

use crate::engine::values;
use crate::{Store, StoreError};
use newsroom::{ChannelId, StoryId, Timestamp};

impl Store {
    /// The message that tells of a story, and when it was sent.
    pub async fn channel_post(
        &self,
        channel: ChannelId,
        story: StoryId,
    ) -> Result<Option<(i64, Timestamp)>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let text = "select message_id, at from channel_posts where channel_id = $1 and story_id = $2";
                tx.row(text, values![channel, story]).await
            })
        });
        read.await?.map(|row| Ok((row.int(0)?, row.time(1)?))).transpose()
    }

    /// Notes which message tells of a story from now on.
    pub async fn keep_channel_post(
        &self,
        (channel, story): (ChannelId, StoryId),
        message: i64,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let text = "insert into channel_posts (channel_id, story_id, message_id, at) values ($1, $2, $3, $4)
                     on conflict (channel_id, story_id) do update set message_id = excluded.message_id, at = excluded.at";
                tx.run(text, values![channel, story, message, now]).await
            })
        });
        write.await.map(drop)
    }

    /// Forgets the message of a story: it is there no more.
    pub async fn drop_channel_post(&self, channel: ChannelId, story: StoryId) -> Result<(), StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let text = "delete from channel_posts where channel_id = $1 and story_id = $2";
                tx.run(text, values![channel, story]).await
            })
        });
        write.await.map(drop)
    }
}
