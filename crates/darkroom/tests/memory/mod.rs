//! How much memory this process had at its highest, as Linux tells it; elsewhere nothing is known, and it is 0.

/// Begins anew to watch for the highest (`proc(5)`: 5 into `clear_refs`). Gives back what is held now, in MiB.
pub fn forget_the_peak() -> u64 {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    line("VmRSS:")
}

/// The highest since then, in MiB.
pub fn peak() -> u64 {
    line("VmHWM:")
}

fn line(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kib = status.lines().find_map(|line| line.strip_prefix(name)?.split_whitespace().next()?.parse::<u64>().ok());
    kib.unwrap_or_default() / 1_024
}
