//! Which requests are a person's, by what the browser says of itself.

/// How browsers of people begin to say what they are; programs that call themselves otherwise are none.
const BROWSERS: [&str; 2] = ["mozilla/", "opera/"];
/// What machines say of themselves behind such a beginning.
const MACHINES: [&str; 26] = [
    "bot",
    "crawl",
    "spider",
    "slurp",
    "preview",
    "fetch",
    "scan",
    "monitor",
    "uptime",
    "pingdom",
    "statuscake",
    "headless",
    "phantomjs",
    "puppeteer",
    "playwright",
    "selenium",
    "lighthouse",
    "pagespeed",
    "externalhit",
    "mediapartners",
    "feed",
    "archiv",
    "httrack",
    "curl",
    "python",
    "+http",
];
/// A maker of telephones whose name has the commonest sign in it.
const NO_MACHINE: &str = "cubot";

/// Whether a browser names itself as browsers of people do.
pub fn is_of_a_person(agent: &str) -> bool {
    let agent = agent.trim().to_ascii_lowercase().replace(NO_MACHINE, "");
    BROWSERS.iter().any(|browser| agent.starts_with(browser)) && !MACHINES.iter().any(|sign| agent.contains(sign))
}

/// Whether a page was fetched before anybody asked for it, by what the browser says it is for (`Sec-Purpose`, `Purpose`).
pub fn is_ahead_of_time(purpose: &str) -> bool {
    let purpose = purpose.to_ascii_lowercase();
    ["prefetch", "prerender", "preview"].iter().any(|sign| purpose.contains(sign))
}
