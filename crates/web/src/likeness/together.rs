//! Texts that somebody waits for are read together: one thread reads, and what comes meanwhile is read by it next. The encoder is one
//! thread's work anyway, and reads several at once in less time than one after the other.

use super::Meaning;
use encoder::Packed;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot;

/// Texts that are read at once at most: whoever came first does not wait for many.
const AT_ONCE: usize = 8;

/// Texts that somebody waits for.
#[derive(Debug, Default)]
pub(super) struct Waiting(Mutex<Line>);

#[derive(Debug, Default)]
struct Line {
    texts: Vec<(String, oneshot::Sender<Packed>)>,
    /// Somebody reads, and looks here again before going away.
    is_read: bool,
}

/// Whoever reads. However the reading ends, somebody else may read then.
struct Reader<'w>(&'w Waiting);

impl Waiting {
    /// Whether somebody has to begin to read.
    fn put(&self, text: String, tell: oneshot::Sender<Packed>) -> bool {
        let mut line = self.lock();
        line.texts.push((text, tell));
        !std::mem::replace(&mut line.is_read, true)
    }

    /// The next ones; when there are none, nobody reads any more.
    fn take(&self) -> Vec<(String, oneshot::Sender<Packed>)> {
        let mut line = self.lock();
        line.is_read = !line.texts.is_empty();
        let many = line.texts.len().min(AT_ONCE);
        line.texts.drain(..many).collect()
    }

    fn lock(&self) -> MutexGuard<'_, Line> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Reader<'_> {
    /// Those who still wait are told that it came to nothing.
    fn drop(&mut self) {
        let mut line = self.0.lock();
        if line.is_read && std::thread::panicking() {
            *line = Line::default();
        }
    }
}

impl Meaning {
    /// What a text means, for somebody who waits for it; none without weights, and of a text that the encoder fails at.
    pub(super) async fn read_soon(&self, text: String) -> Option<Packed> {
        self.weights()?;
        let (tell, answer) = oneshot::channel();
        if self.0.waiting.put(text, tell) {
            let (here, part_of) = (self.clone(), store::traced::here());
            tokio::task::spawn_blocking(move || part_of.in_scope(|| here.read_waiting()));
        }
        answer.await.ok()
    }

    /// Reads until nobody waits.
    fn read_waiting(&self) {
        let waiting = Reader(&self.0.waiting);
        loop {
            let some = waiting.0.take();
            if some.is_empty() {
                return;
            }
            let texts: Vec<&str> = some.iter().map(|(text, _)| text.as_str()).collect();
            let vectors = self.read(&texts);
            for ((_, tell), vector) in some.into_iter().zip(vectors) {
                if let Some(vector) = vector {
                    // Whoever has gone away does not want it.
                    let _ = tell.send(vector);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{AT_ONCE, Waiting};
    use tokio::sync::oneshot;

    #[test]
    fn one_reads_and_whoever_comes_meanwhile_is_read_next() {
        let waiting = Waiting::default();
        let put = |n: usize| waiting.put(n.to_string(), oneshot::channel().0);
        assert!(put(0), "the first one has it begun");
        assert!((1..AT_ONCE + 3).all(|n| !put(n)), "the others wait");
        let texts = |some: Vec<(String, _)>| some.into_iter().map(|(text, _)| text).collect::<Vec<_>>();
        assert_eq!(texts(waiting.take()), (0..AT_ONCE).map(|n| n.to_string()).collect::<Vec<_>>());
        assert!(!put(99), "it is still being read");
        assert_eq!(texts(waiting.take()), ["8", "9", "10", "99"]);
        assert!(waiting.take().is_empty());
        assert!(put(100), "nobody reads any more");
    }

    #[test]
    fn a_reader_that_breaks_off_leaves_nobody_waiting() {
        let waiting = Waiting::default();
        let (tell, mut answer) = oneshot::channel();
        assert!(waiting.put("one".to_owned(), tell));
        let broken = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let _reader = super::Reader(&waiting);
            panic!("on purpose");
        }));
        assert!(broken.is_err());
        assert!(answer.try_recv().is_err_and(|why| why == oneshot::error::TryRecvError::Closed));
        assert!(waiting.put("two".to_owned(), oneshot::channel().0), "the next one has it begun");
    }
}
