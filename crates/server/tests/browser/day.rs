//! A working day of the paper on a desktop and on a telephone, with the keyboard alone: planned, written, proofread, published,
//! laid out, corrected, withdrawn. Each page that is met is judged as every other page is (`everyone`), at both widths.
//!
//! Pictures of each step come with `MIDAD_SCREENSHOTS`; those of the editor's guide with `cargo xtask pictures`.

use crate::driver::Browser;
use crate::everyone::{judged_at, nothing_wrong};
use crate::guide::{enter, keep};
use crate::running::{Running, name_of, until};
use crate::with_paper;
use fantoccini::key::Key;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde_json::json;

/// A telephone as most people hold it, and a desk, in CSS pixels.
const TELEPHONE: (u32, u32) = (390, 844);
const DESK: (u32, u32) = (1440, 900);
/// More would be a page that nobody gets through with the keyboard.
const MOST_TABS: usize = 240;

const HEADLINE: &str = "مكتبة الحي تفتح قاعة للأطفال";
const STANDFIRST: &str = "القاعة الجديدة في الطابق الأرضي، وتُفتح كل يوم بعد المدرسة.";
const BODY: &str = "فُتحت القاعة صباح اليوم, وفيها ثلاثة آلاف كتاب. وقالت أمينة المكتبة إن التسجيل بلا رسوم.";
const SUGGESTED: &str = "صباح اليوم، وفيها";
const BESIDE: &str = "القاعة في شارع الميناء، ويصلها خط الترام الثاني.";
const NOTE: &str = "كم كتابًا بالضبط؟ في البيان غير هذا الرقم.";
const CORRECTION: &str = "في القاعة ألفا كتاب، لا ثلاثة آلاف.";
const PROOF: &str = "في التدقيق";
const STRIP: &str = "انقطاع الماء عن الحي القديم حتى السادسة مساءً";

#[tokio::test(flavor = "multi_thread")]
async fn a_working_day_goes_by_with_the_keyboard_alone() {
    with_paper(&[], |paper, driver| async move {
        let (desk, phone) = (driver.browser(DESK).await, driver.browser(TELEPHONE).await);
        enter(&desk, &paper, "owner").await;
        enter(&phone, &paper, "reporter").await;
        let mut day = Day { paper, wrong: Vec::new() };
        let story = day.is_planned(&desk).await;
        day.is_written(&phone, &story).await;
        let public = day.is_published(&desk, &story).await;
        day.is_laid_out(&desk).await;
        day.is_corrected_and_withdrawn(&desk, &story, &public).await;
        nothing_wrong(&day.wrong);
        for (who, browser) in [("desk", &desk), ("phone", &phone)] {
            let said = browser.complaints().await;
            let said: Vec<_> = said.into_iter().filter(|line| !line.contains("status of 410")).collect();
            assert!(said.is_empty(), "{who}: {said:#?}");
        }
    })
    .await;
}

struct Day {
    paper: Running,
    wrong: Vec<String>,
}

impl Day {
    /// Opens a page.
    async fn at(&self, browser: &Browser, path: &str) {
        browser.open(&format!("{}{path}", self.paper.address)).await;
    }

    /// Judges what is open, at both widths, and leaves it at the browser's own.
    async fn look(&mut self, browser: &Browser, step: &str, own: (u32, u32)) {
        self.wrong.extend(judged_at(browser, &format!("day-{step}"), &[TELEPHONE, DESK]).await);
        browser.size(own).await;
    }

    /// Eight in the morning: the plan of the day, a story is begun and given to a reporter.
    async fn is_planned(&mut self, desk: &Browser) -> String {
        self.at(desk, "/desk/stories").await;
        keyed(desk, "form[action='/desk/stories'] button").await;
        desk.until_shown("#story-form").await;
        typed(desk, "[name=headline]", HEADLINE).await;
        keyed(desk, "#story-form button.main").await;
        desk.until_said(".story.preview", HEADLINE).await;
        let story = desk.js("return location.pathname").await.as_str().expect("a path").to_owned();
        keyed(desk, "details:has(#assign-to) > summary").await;
        chosen(desk, "#assign-to", name_of("reporter")).await;
        let due = (Timestamp::now() + 6.hours()).to_zoned(TimeZone::UTC);
        timed(desk, "#due", &due.strftime("%Y-%m-%dT%H:%M").to_string()).await;
        keyed(desk, "form[action$='/assignment'] button").await;
        desk.until_said(".work", name_of("reporter")).await;
        self.look(desk, "1-assigned", DESK).await;
        keep(desk, "story").await;
        self.at(desk, "/desk/plan").await;
        desk.until_said("main", HEADLINE).await;
        self.look(desk, "2-plan", DESK).await;
        keep(desk, "plan").await;
        story
    }

    /// The reporter writes it on the telephone and hands it on to be proofread.
    async fn is_written(&mut self, phone: &Browser, story: &str) {
        self.at(phone, "/desk/plan").await;
        phone.until_said("main", HEADLINE).await;
        keep(phone, "plan-phone").await;
        self.at(phone, &format!("{story}/edit")).await;
        typed(phone, "[name=standfirst]", STANDFIRST).await;
        reach(phone, ".ProseMirror").await;
        phone.cdp("Input.insertText", json!({ "text": BODY })).await;
        suggestion_is_taken(phone).await;
        note_is_put_in(phone).await;
        phone.until_shown("#save-state[data-state=saved]").await;
        self.look(phone, "3-writing", TELEPHONE).await;
        phone.js("document.querySelector('.ProseMirror').scrollIntoView({ block: 'center' })").await;
        keep(phone, "writing-phone").await;
        keyed(phone, "#story-form button.main").await;
        phone.until_said(".story.preview", "أمينة المكتبة").await;
        keyed(phone, ".moves button[value=proof]").await;
        phone.until_said(".desk-head .chip", PROOF).await;
        self.look(phone, "4-in-proof", TELEPHONE).await;
    }

    /// The desk asks, is answered, looks at the list of things to do, and publishes.
    async fn is_published(&mut self, desk: &Browser, story: &str) -> String {
        self.at(desk, story).await;
        typed(desk, "#note-quote", "ثلاثة آلاف كتاب").await;
        typed(desk, "#note-text", NOTE).await;
        keyed(desk, ".story-notes > form button[type=submit]").await;
        desk.until_said(".notes-open", NOTE).await;
        self.look(desk, "5-note", DESK).await;
        desk.js("document.querySelector('#notes').scrollIntoView({ block: 'center' })").await;
        keep(desk, "notes").await;
        self.at(desk, &format!("{story}/edit")).await;
        reach(desk, "[name=section]").await;
        desk.key(Key::Down).await;
        keyed(desk, "#story-form button.main").await;
        desk.until_said(".story.preview", HEADLINE).await;
        keyed(desk, &format!("form[action='{story}/publication'] button")).await;
        let public = until("the public story", || async {
            let path = desk.js("return location.pathname").await.as_str()?.to_owned();
            path.starts_with("/stories/").then_some(path)
        })
        .await;
        self.look(desk, "6-public", DESK).await;
        let shown = self.paper.reader().get(&public).await;
        assert!(shown.body.contains(HEADLINE) && !shown.body.contains(NOTE), "{}", shown.body);
        public
    }

    /// The front page is laid out by hand and launched, and a strip runs over it.
    async fn is_laid_out(&mut self, desk: &Browser) {
        self.at(desk, "/desk/front/slots/lead/0").await;
        let first = ".front-found li:first-child form button";
        desk.until_said(".front-found li:first-child", HEADLINE).await;
        keyed(desk, first).await;
        desk.until_shown(".front-launch-form").await;
        self.look(desk, "7-front-draft", DESK).await;
        keep(desk, "front").await;
        keyed(desk, ".front-launch-form button[value=now]").await;
        desk.until_shown(".done").await;
        let front = self.paper.reader().get("/").await;
        assert!(front.body.contains(HEADLINE), "{}", front.body);
        self.at(desk, "/desk/breaking").await;
        typed(desk, "#text", STRIP).await;
        keyed(desk, "button[value=look]").await;
        desk.until_said(".breaking .breaking-line", STRIP).await;
        self.look(desk, "8-strip", DESK).await;
        keep(desk, "breaking").await;
        keyed(desk, "button[value=raise]").await;
        desk.until_shown("form[action$='/end'] button").await;
        self.at(desk, "/").await;
        desk.until_said(".masthead .breaking-line", STRIP).await;
        self.look(desk, "9-front", DESK).await;
        self.at(desk, "/desk/breaking").await;
        keyed(desk, "form[action$='/end'] button").await;
        self.at(desk, "/desk/statistics?days=30").await;
        self.look(desk, "10-statistics", DESK).await;
        keep(desk, "statistics").await;
        self.at(desk, "/desk/pictures").await;
        self.look(desk, "11-pictures", DESK).await;
    }

    /// A reader was right: it is corrected with a date. In the evening it is withdrawn.
    async fn is_corrected_and_withdrawn(&mut self, desk: &Browser, story: &str, public: &str) {
        self.at(desk, story).await;
        typed(desk, "#correction", CORRECTION).await;
        keyed(desk, "button[value=correction]").await;
        desk.until_said(".corrections", CORRECTION).await;
        self.at(desk, "/corrections").await;
        desk.until_said("main", CORRECTION).await;
        self.look(desk, "12-corrections", DESK).await;
        self.at(desk, story).await;
        keyed(desk, "details:has(#note[name=note]) > summary").await;
        typed(desk, "#note", "تُراجَع الأرقام كلها.").await;
        reach(desk, "form[action$='/withdrawal'] [name=sure]").await;
        desk.press_key("Space", " ").await;
        keyed(desk, "form[action$='/withdrawal'] button").await;
        desk.until_said("main", "تُراجَع الأرقام كلها.").await;
        self.at(desk, public).await;
        desk.until_said("main", "تُراجَع الأرقام كلها.").await;
        self.look(desk, "13-withdrawn", DESK).await;
        assert_eq!(self.paper.reader().get(public).await.status, 410);
    }
}

/// Goes to an element with Tab alone. The focus must be seen where it stands.
async fn reach(browser: &Browser, css: &str) {
    browser.until_shown(css).await;
    for _ in 0..MOST_TABS {
        let here = "return document.activeElement.matches(arguments[0])";
        if browser.js_with(here, vec![css.into()]).await == json!(true) {
            return;
        }
        browser.tab().await;
    }
    panic!("{css} is not reached with {MOST_TABS} tabs on {}", browser.js("return location.pathname").await);
}

/// Goes there and presses Enter.
pub async fn keyed(browser: &Browser, css: &str) {
    reach(browser, css).await;
    browser.enter().await;
}

/// Goes there and types in place of what stands there.
async fn typed(browser: &Browser, css: &str, words: &str) {
    reach(browser, css).await;
    browser.js("document.activeElement.select?.()").await;
    browser.cdp("Input.insertText", json!({ "text": words })).await;
}

/// Goes to a list of choices and goes down it to these words.
async fn chosen(browser: &Browser, css: &str, words: &str) {
    reach(browser, css).await;
    let stands =
        "const list = document.activeElement; return list.options[list.selectedIndex].text.includes(arguments[0])";
    let many = browser.js("return document.activeElement.options.length").await.as_u64().expect("a list");
    for _ in 0..many {
        if browser.js_with(stands, vec![words.into()]).await == json!(true) {
            return;
        }
        browser.key(Key::Down).await;
    }
    panic!("«{words}» is not reached in {css}");
}

/// Goes to a box for a time and sets each of its parts with the arrows, in whatever order the browser shows them.
async fn timed(browser: &Browser, css: &str, wanted: &str) {
    reach(browser, css).await;
    let here = "return document.activeElement.matches(arguments[0])";
    // The box has no time until each part has something.
    while browser.js_with(here, vec![css.into()]).await == json!(true) {
        browser.key(Key::Up).await;
        browser.tab().await;
    }
    browser.key_with(&[Key::Shift], Key::Tab).await;
    let want = parts(wanted).expect("a time");
    while browser.js_with(here, vec![css.into()]).await == json!(true) {
        part_is_set(browser, css, want).await;
        browser.key_with(&[Key::Shift], Key::Tab).await;
    }
    let value = browser.js_with(VALUE, vec![css.into()]).await;
    assert_eq!(value.as_str().and_then(parts), Some(want), "{css} holds {value} and should {wanted}");
    reach(browser, css).await;
}

const VALUE: &str = "return document.querySelector(arguments[0]).value";

/// Year, month, day, hour, minute; none where a day is not in its month.
fn parts(value: &str) -> Option<[u32; 5]> {
    let numbers: Vec<u32> = value.split(['-', 'T', ':']).take(5).filter_map(|part| part.parse().ok()).collect();
    numbers.try_into().ok()
}

/// Turns the part that has the focus to what is wanted of it. Which part it is shows when it is turned.
async fn part_is_set(browser: &Browser, css: &str, want: [u32; 5]) {
    let now = async || browser.js_with(VALUE, vec![css.into()]).await.as_str().and_then(parts);
    let before = now().await.expect("the box holds a time");
    browser.key(Key::Up).await;
    // A day that is not in its month: the month was turned. Nothing: it is the button that opens a calendar.
    let turned = now().await.map_or(Some(1), |after| (0..5).find(|part| before[*part] != after[*part]));
    let Some(turned) = turned else { return };
    let halves = now().await.is_some_and(|after| turned == 3 && before[3].abs_diff(after[3]) == 12);
    browser.key(Key::Down).await;
    for all in [true, false] {
        for _ in 0..60 {
            let stands = now().await.is_some_and(|now| match (turned, halves) {
                (3, true) => now[3] / 12 == want[3] / 12,
                // Hours that go round twelve are right when their half of the day is.
                (3, false) if !all => now[3] % 12 == want[3] % 12,
                _ => now[turned] == want[turned],
            });
            if stands {
                return;
            }
            browser.key(Key::Up).await;
        }
    }
}

/// The next suggestion of the checker is taken: F8 goes there, Alt and Enter take it.
async fn suggestion_is_taken(browser: &Browser) {
    browser.until_shown(".ProseMirror .lint").await;
    browser.key(Key::F8).await;
    browser.until_shown(".lint-popup").await;
    browser.key_with(&[Key::Alt], Key::Enter).await;
    browser.until_said(".ProseMirror", SUGGESTED).await;
}

/// A note is put in: back to the row of buttons, along it to its last, down the menu, and written.
async fn note_is_put_in(browser: &Browser) {
    let here = "return document.activeElement.matches('.tools button')";
    while browser.js(here).await != json!(true) {
        browser.key_with(&[Key::Shift], Key::Tab).await;
    }
    browser.key(Key::End).await;
    browser.enter().await;
    browser.until_shown(".menu [role=menuitem]").await;
    for _ in 0..3 {
        browser.key(Key::Down).await;
    }
    browser.enter().await;
    browser.until_shown(".ProseMirror .block-note").await;
    browser.cdp("Input.insertText", json!({ "text": BESIDE })).await;
    browser.until_said(".ProseMirror .block-note", BESIDE).await;
}
