//! Whether anything ran in a page, or could run if somebody pressed it.

use crate::driver::Browser;
use serde_json::Value;

/// What is wrong with the page that is open, as lines: marks that were left, and what in it would run. Handlers, addresses and
/// scripts are looked for besides the marks, since many run only under a finger.
const FINDS: &str = r"
    const done = arguments[arguments.length - 1];
    const found = [];
    const leads = ['href', 'src', 'action', 'formaction', 'data', 'xlink:href', 'poster', 'background', 'from', 'to', 'values', 'ping'];
    const bare = value => value.replace(/[\t\n\r]/g, '').replace(/^[\u0000-\u0020]+/, '');
    const isCode = type => /^(|module|importmap|speculationrules|(text|application)\/(x-)?(java|ecma)script)$/i.test(type.trim());
    const look = root => {
        for (const one of root.querySelectorAll('*')) {
            const name = one.localName;
            if (name === 'script' && !one.hasAttribute('src') && one.textContent.trim() && isCode(one.getAttribute('type') ?? ''))
                found.push(`a script within: ${one.textContent.slice(0, 80)}`);
            for (const { name: called, value } of one.attributes) {
                const small = called.toLowerCase();
                if (/^on[a-z]+$/.test(small)) found.push(`${name} ${called}=${value.slice(0, 80)}`);
                if (small === 'srcdoc' && /midadRan|xss-ran|alert/.test(value)) found.push(`${name} srcdoc=${value.slice(0, 80)}`);
                if (leads.includes(small) && /^(javascript|vbscript):|^data:text/i.test(bare(value)))
                    found.push(`${name} ${called}=${value.slice(0, 80)}`);
            }
            if (one.shadowRoot) look(one.shadowRoot);
        }
    };
    const marked = where => {
        try {
            const ran = where.midadRan ?? where.document.documentElement?.dataset?.midadRan;
            if (ran !== undefined) found.push(`number ${ran} ran`);
        } catch { /* a frame without an origin of ours: its page is looked at by itself */ }
    };
    const judge = () => {
        look(document);
        marked(window);
        for (let at = 0; at < frames.length; at++) marked(frames[at]);
        for (const { name } of performance.getEntriesByType('resource'))
            if (/^https?:\/\/[^\/]+\/xss-ran/.test(name)) found.push(`${name} was asked for`);
        done(found);
    };
    // Frames are not drawn in a window that another one covers: the time goes on there, too.
    setTimeout(judge, 60);
";

/// Opens a page and says what is wrong with it, each line with the page's name.
pub async fn look(browser: &Browser, address: &str, called: &str) -> Vec<String> {
    browser.open(address).await;
    found(browser, called).await
}

/// The same of the page that is open. A dialog that is open fails the test where it stands: the driver answers nothing else.
pub async fn found(browser: &Browser, called: &str) -> Vec<String> {
    let found = browser.js_later(FINDS).await;
    let mut found: Vec<String> = lines(&found);
    let refused = |said: &String| said.contains("Content Security Policy") && said.contains("script-src");
    found.extend(browser.complaints().await.into_iter().filter(refused));
    found.into_iter().map(|one| format!("{called}: {one}")).collect()
}

fn lines(found: &Value) -> Vec<String> {
    found.as_array().expect("a list").iter().filter_map(|one| one.as_str().map(str::to_owned)).collect()
}
