//! Disks: how much of one is free, and whether it is this machine's own.

use rustix::fs::statvfs;
use std::path::{Path, PathBuf};

/// How much there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Space {
    /// Bytes that this process may still fill.
    pub free: u64,
    /// All bytes.
    pub whole: u64,
}

/// The disk under a folder, or under the one in which it is to be made; none where the system does not tell.
pub fn space(folder: &Path) -> Option<Space> {
    let seen = statvfs(nearest(folder)?).ok()?;
    let bytes = |blocks: u64| blocks.saturating_mul(seen.f_frsize);
    Some(Space { free: bytes(seen.f_bavail), whole: bytes(seen.f_blocks) })
}

/// The folder, or the nearest one above it that is there.
pub fn nearest(folder: &Path) -> Option<PathBuf> {
    let whole = std::path::absolute(folder).ok()?;
    whole.ancestors().find(|folder| folder.is_dir()).map(Path::to_owned)
}

/// The kind of a disk that stands on another machine; none of this machine's own, and of kinds that are not known. The numbers
/// are those of Linux (statfs(2), `linux/magic.h`).
pub fn elsewhere(folder: &Path) -> Option<&'static str> {
    #[cfg(target_os = "linux")]
    {
        const KINDS: [(u32, &str); 9] = [
            (0x6969, "NFS"),
            (0x517b, "SMB"),
            (0xff53_4d42, "CIFS"),
            (0xfe53_4d42, "SMB2"),
            (0x5346_414f, "AFS"),
            (0x00c3_6400, "Ceph"),
            (0x0bd0_0bd0, "Lustre"),
            (0x0102_1997, "9P"),
            (0x7375_7245, "Coda"),
        ];
        let seen = rustix::fs::statfs(nearest(folder)?).ok()?;
        // The field is a word of the system's; the numbers have 32 bits.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a number of 32 bits in a longer word"
        )]
        let kind = seen.f_type as u32;
        KINDS.iter().find(|(number, _)| *number == kind).map(|(_, name)| *name)
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = folder;
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{elsewhere, nearest, space};
    use std::path::Path;

    #[test]
    fn a_folder_that_is_not_there_yet_stands_on_the_disk_of_the_one_above_it() {
        let (here, later) = (std::env::temp_dir(), std::env::temp_dir().join("midad-not-there/data"));
        assert_eq!(nearest(&later), nearest(&here));
        let space = space(&later).expect("a disk");
        assert!(space.whole > 0 && space.free <= space.whole);
        assert_eq!(elsewhere(Path::new("/proc")), None, "of no kind that is known");
    }
}
