//! What the process takes of the machine, under the names that are usual for it (Prometheus, «process metrics»).

use metrics::{describe_counter, describe_gauge, gauge};

/// Notes it. Where the system does not tell, nothing is noted.
pub(super) fn note() {
    let spans = "Spans of traces, by whether their collector took them.";
    describe_counter!("midad_spans_total", spans);
    gauge!("midad_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
    if let Some(bytes) = resident() {
        describe_gauge!("process_resident_memory_bytes", "Memory that the process holds.");
        gauge!("process_resident_memory_bytes").set(bytes);
    }
    if let Some(seconds) = worked() {
        describe_gauge!("process_cpu_seconds_total", "Time that processors worked for it.");
        gauge!("process_cpu_seconds_total").set(seconds);
    }
    if let Ok(files) = std::fs::read_dir("/proc/self/fd") {
        describe_gauge!("process_open_fds", "Files and lines that are open.");
        gauge!("process_open_fds").set(f64::from(u32::try_from(files.count()).unwrap_or(u32::MAX)));
    }
}

/// `VmRSS:   1234 kB`, see proc(5).
fn resident() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: u32 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(f64::from(kilobytes) * 1024.0)
}

/// User and system time of this process and of the children that it waited for, as the system counts them.
fn worked() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // Behind the name, which may hold spaces: the 12th and 13th are ticks, of which Linux tells 100 a second.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<u32>().ok();
    Some((f64::from(ticks()?) + f64::from(ticks()?)) / 100.0)
}
