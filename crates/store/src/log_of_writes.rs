//! SQLite's log of writes (WAL), followed in its file up to the last commit, so that it can be kept elsewhere piece by piece and be
//! played back up to any of them. Its form is that of <https://www.sqlite.org/walformat.html>.
//!
//! While it is followed nobody else empties it into the file: [`Store::begin_log`] says so to every program that opens the same
//! folder, and only [`Store::empty_log`] does it, when everything was kept. Whatever breaks the thread all the same (a file that is
//! written anew after an erasure, an older program beside this one) is seen by the log's own salts, never passed over.

use crate::engine::{self, values};
use crate::{Place, Store, StoreError};
use std::fs::File;
use std::io::{BufReader, ErrorKind, Read, Result, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Bytes before the first frame, and before the page of each.
const HEADER: u64 = 32;
const FRAME_HEADER: u64 = 24;
/// The first four bytes; the last bit says that sums are of big-endian words.
const MAGIC: u32 = 0x377f_0682;
/// Bytes copied at once.
const AT_ONCE: u64 = 1024 * 1024;

/// The log while it is followed.
#[derive(Debug)]
pub struct FollowedLog {
    file: PathBuf,
    /// What was kept.
    at: Point,
    /// All of it stands in the file too, so that the next one to write begins it anew.
    emptied: bool,
}

/// A place behind a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Point {
    start: Start,
    /// Behind the last byte that belongs to it.
    offset: u64,
    /// The running sum of the frames before.
    sums: (u32, u32),
}

/// How a log begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Start {
    big_endian: bool,
    page: u64,
    salts: (u32, u32),
    sums: (u32, u32),
}

/// What a look at the log found.
#[derive(Debug, PartialEq, Eq)]
pub enum Look {
    /// Nothing was written.
    Same,
    /// Commits that were not kept yet.
    More(Span),
    /// It began anew, and everything before was kept: the next look tells what is in it.
    Anew,
    /// It began anew and something of it may have been missed, or it cannot be read.
    Lost,
}

/// Commits in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first byte.
    pub from: u64,
    end: Point,
}

impl Span {
    /// How many bytes there are.
    pub fn bytes(&self) -> u64 {
        self.end.offset - self.from
    }
}

impl Store {
    /// From now on the log of writes is emptied into the file by [`Store::empty_log`] alone, also beside other programs of this version,
    /// and by [`Store::wipe`], after which the thread is lost. The log is not empty afterwards. The caller empties it before it takes up too much room.
    ///
    /// # Errors
    /// [`StoreError::Broken`] on PostgreSQL, whose server has a log of its own.
    pub async fn begin_log(&self) -> std::result::Result<(), StoreError> {
        self.engine.follow_log(true).await
    }

    /// Nobody follows the log any more: it is emptied as usual.
    ///
    /// # Errors
    /// When the mark beside the file cannot be taken away.
    pub async fn end_log(&self) -> std::result::Result<(), StoreError> {
        self.engine.follow_log(false).await
    }

    /// Empties the log into the file as far as nobody reads it. Before that, while nobody else of this program writes, `keep` keeps
    /// what is left of it and says how many frames were kept; none: it could not, and nothing is emptied. True: the log had exactly
    /// these frames, and all of them stand in the file ([`FollowedLog::was_emptied`] is to be told).
    ///
    /// # Errors
    /// [`StoreError::Broken`] on PostgreSQL.
    pub async fn empty_log<T: Send + 'static>(
        &self,
        keep: impl FnOnce() -> (T, Option<u64>) + Send + 'static,
    ) -> std::result::Result<(T, bool), StoreError> {
        self.engine.empty_log(keep).await
    }

    /// Copies the SQLite file with all that was committed, and where the log is followed from: its beginning, so that the log played
    /// into the copy leads from there to any later commit. [`Store::begin_log`] comes before.
    ///
    /// It goes through SQLite: whoever opens and closes the file beside it takes this program's locks away, and another program
    /// would empty the log of writes under it (<https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_>).
    ///
    /// # Errors
    /// [`StoreError::Broken`] on PostgreSQL or where `to` cannot be written; [`StoreError::Busy`] when the log was emptied since
    /// [`Store::begin_log`].
    pub async fn copy_under_log(&self, place: &Place, to: &Path) -> std::result::Result<FollowedLog, StoreError> {
        let Place::Folder(folder) = place else {
            return Err(StoreError::Broken("there is no file to copy".to_owned()));
        };
        let (file, to) = (folder.join("midad.db"), to.to_owned());
        let read = self.engine.read(move |tx| {
            let (file, to) = (file.clone(), to.clone());
            Box::pin(async move {
                // The first question takes the lock under which the log cannot begin anew.
                tx.row("select count(*) from sqlite_schema", values![]).await?;
                let log = FollowedLog::of(&file);
                let log = log.map_err(|problem| StoreError::Broken(format!("the log of writes: {problem}")))?;
                let log = log.ok_or_else(|| StoreError::Busy("the log of writes was emptied".to_owned()))?;
                tx.copy_file(&to)?;
                Ok(log)
            })
        });
        read.await
    }
}

impl FollowedLog {
    /// Of a database's file, from the log's beginning; none where it has not begun.
    fn of(database: &Path) -> Result<Option<Self>> {
        let mut name = database.as_os_str().to_owned();
        name.push("-wal");
        let file = PathBuf::from(name);
        Ok(read_start(&file)?.map(|start| Self { file, at: Point::at_start(start), emptied: false }))
    }

    /// All of it was kept and stands in the file: the next one to write begins it anew.
    pub fn was_emptied(&mut self) {
        self.emptied = true;
    }

    /// How many frames were kept of the log as it is.
    pub fn frames(&self) -> u64 {
        (self.at.offset.max(HEADER) - HEADER) / (FRAME_HEADER + self.at.start.page)
    }

    /// Bytes of the log that were kept since it began.
    pub fn bytes(&self) -> u64 {
        self.at.offset
    }

    /// Bytes of the file that were not kept, at most.
    pub fn waiting(&self) -> u64 {
        std::fs::metadata(&self.file).map_or(0, |file| file.len()).saturating_sub(self.bytes())
    }

    /// What was written since the last span that was kept.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn look(&mut self) -> Result<Look> {
        let Some(start) = read_start(&self.file)? else { return Ok(Look::Same) };
        if self.at.start != start {
            let follows = start.salts.0 == self.at.start.salts.0.wrapping_add(1);
            if !(self.emptied && follows) {
                return Ok(Look::Lost);
            }
            (self.at, self.emptied) = (Point::at_start(start), false);
            return Ok(Look::Anew);
        }
        let end = self.last_commit(self.at)?;
        Ok(if end.offset > self.at.offset { Look::More(Span { from: self.at.offset, end }) } else { Look::Same })
    }

    /// Writes the bytes of a span. False: the log began anew meanwhile, and what was written is worth nothing.
    ///
    /// # Errors
    /// When it cannot be read or written.
    pub fn copy(&self, span: &Span, to: &mut dyn Write) -> Result<bool> {
        let mut file = File::open(&self.file)?;
        file.seek(SeekFrom::Start(span.from))?;
        let copied = std::io::copy(&mut file.take(span.bytes()), to)?;
        Ok(copied == span.bytes() && read_start(&self.file)? == Some(span.end.start))
    }

    /// A span is kept: the next look begins behind it.
    pub fn kept(&mut self, span: Span) {
        self.at = span.end;
        // Something was written after it was emptied: it did not begin anew.
        self.emptied = false;
    }

    /// The end of the last commit whose frames are all there, by their salts and sums.
    fn last_commit(&self, from: Point) -> Result<Point> {
        let (mut last, mut at) = (from, from);
        let mut file = File::open(&self.file)?;
        file.seek(SeekFrom::Start(from.offset.max(HEADER)))?;
        let mut file = BufReader::with_capacity(AT_ONCE as usize, file);
        let mut frame = vec![0; usize::try_from(FRAME_HEADER + from.start.page).unwrap_or_default()];
        while file.read_exact(&mut frame).is_ok() {
            let (header, page) = frame.split_at(FRAME_HEADER as usize);
            let sums = from.start.sum(from.start.sum(at.sums, &header[..8]), page);
            if (word(header, 8), word(header, 12)) != from.start.salts || (word(header, 16), word(header, 20)) != sums {
                break;
            }
            at = Point { offset: at.offset.max(HEADER) + FRAME_HEADER + from.start.page, sums, ..at };
            // The size of the database after a commit; of every other frame it is nothing.
            if word(header, 4) > 0 {
                last = at;
            }
        }
        Ok(last)
    }
}

/// How a log begins; none where there is none, or it is not begun.
fn read_start(log: &Path) -> Result<Option<Start>> {
    let mut header = [0; HEADER as usize];
    match File::open(log).and_then(|mut file| file.read_exact(&mut header)) {
        Ok(()) => Ok(Start::read(&header)),
        Err(problem) if matches!(problem.kind(), ErrorKind::NotFound | ErrorKind::UnexpectedEof) => Ok(None),
        Err(problem) => Err(problem),
    }
}

impl Point {
    /// The header is kept with the first frames.
    fn at_start(start: Start) -> Self {
        Self { start, offset: 0, sums: start.sums }
    }
}

impl Start {
    /// None where it is not whole.
    fn read(header: &[u8; HEADER as usize]) -> Option<Self> {
        let magic = word(header, 0);
        let start = Self {
            big_endian: magic & 1 == 1,
            page: u64::from(word(header, 8)),
            salts: (word(header, 16), word(header, 20)),
            sums: (word(header, 24), word(header, 28)),
        };
        let whole = start.sum((0, 0), &header[..24]) == start.sums;
        (magic & !1 == MAGIC && whole && start.page.is_power_of_two() && start.page <= 65_536).then_some(start)
    }

    /// SQLite's running sum over pairs of words.
    fn sum(&self, sums: (u32, u32), bytes: &[u8]) -> (u32, u32) {
        let read = |bytes: &[u8]| {
            let word = bytes.try_into().unwrap_or_default();
            if self.big_endian { u32::from_be_bytes(word) } else { u32::from_le_bytes(word) }
        };
        bytes.chunks_exact(8).fold(sums, |(first, second), pair| {
            let first = first.wrapping_add(read(&pair[..4])).wrapping_add(second);
            (first, second.wrapping_add(read(&pair[4..])).wrapping_add(first))
        })
    }
}

/// Four bytes of a header, which is big-endian always.
fn word(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|word| word.try_into().ok()).map_or(0, u32::from_be_bytes)
}

/// Plays the log that stands beside a database's file into it, and leaves the file alone there. Only whole commits count.
///
/// # Errors
/// [`StoreError`] when SQLite cannot read one of them.
pub fn play_log(database: &Path) -> std::result::Result<(), StoreError> {
    engine::play_log(database)
}
