//! ChromeDriver and the browsers it starts, each with a profile of its own. All end with the test, also with one that
//! fails.

use crate::running::{free_port, until};
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// What Chromium is started with: nothing of its own goes over the wire, and it needs no screen.
const FLAGS: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--lang=ar",
];

/// The phone and the desk on which the paper is looked at: width and height in CSS pixels.
pub const PHONE: (u32, u32) = (360, 780);
/// A desktop screen.
pub const DESKTOP: (u32, u32) = (1280, 900);

/// ChromeDriver, on a port of its own.
pub struct Driver {
    child: Child,
    port: u16,
    chromium: String,
    folder: PathBuf,
    next: AtomicU32,
}

impl Driver {
    /// Starts it; nothing, and a line that says so, where there is no browser.
    pub async fn start() -> Option<Self> {
        let (Ok(driver), Ok(chromium)) = (std::env::var("MIDAD_CHROMEDRIVER"), std::env::var("MIDAD_CHROMIUM")) else {
            println!("NOT RUN: a browser (MIDAD_CHROMEDRIVER and MIDAD_CHROMIUM are not set)");
            return None;
        };
        let port = free_port();
        let folder = std::env::temp_dir().join(format!("midad_browser_{}_{port}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder for the browsers");
        let child = Command::new(driver)
            .arg(format!("--port={port}"))
            .arg(format!("--log-path={}", folder.join("driver.log").display()))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // A group of its own, so that browsers go with it however the test ends.
            .process_group(0)
            .spawn()
            .expect("ChromeDriver starts");
        let driver = Self { child, port, chromium, folder, next: AtomicU32::new(0) };
        let status = format!("{}/status", driver.address());
        until("ChromeDriver", || async { reqwest::get(&status).await.ok().filter(|got| got.status().is_success()) })
            .await;
        Some(driver)
    }

    /// A new person at a screen of this size, in a light room, who asked for no motion: a page that is still scrolling
    /// cannot be pressed at the right place.
    pub async fn browser(&self, size: (u32, u32)) -> Browser {
        self.browser_with(size, json!({})).await
    }

    /// The same, with scripts switched off in the browser's settings.
    pub async fn browser_without_scripts(&self, size: (u32, u32)) -> Browser {
        self.browser_with(size, json!({ "profile.managed_default_content_settings.javascript": 2 })).await
    }

    /// The same, of somebody whose browser lets no site keep a cookie inside another one.
    pub async fn browser_without_foreign_cookies(&self, size: (u32, u32)) -> Browser {
        self.browser_with(size, json!({ "profile.cookie_controls_mode": 1, "profile.block_third_party_cookies": true }))
            .await
    }

    async fn browser_with(&self, size: (u32, u32), prefs: Value) -> Browser {
        let profile = self.folder.join(format!("profile-{}", self.next.fetch_add(1, Ordering::Relaxed)));
        let mut flags: Vec<String> = FLAGS.iter().map(|flag| (*flag).to_owned()).collect();
        flags.push(format!("--user-data-dir={}", profile.display()));
        // The window itself is as large as the largest screen; a smaller one is made of it by `size`.
        flags.push(format!("--window-size={},{}", DESKTOP.0, DESKTOP.1));
        let capabilities = json!({
            "goog:chromeOptions": { "binary": self.chromium, "args": flags, "prefs": prefs },
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        });
        let Value::Object(capabilities) = capabilities else { unreachable!("it is an object") };
        let capabilities: Capabilities = capabilities;
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let client = builder.capabilities(capabilities).connect(&self.address()).await.expect("a browser starts");
        let session = client.session_id().await.expect("it answers").expect("it has a session");
        let browser = Browser { client, session: format!("{}/session/{session}", self.address()) };
        browser.size(size).await;
        browser.colours("light").await;
        browser
    }

    fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Asks it to end its browsers and itself. Without waiting for more than a moment: it is killed next.
    fn shut_down(&self) -> std::io::Result<()> {
        let mut line = TcpStream::connect(("127.0.0.1", self.port))?;
        line.set_read_timeout(Some(Duration::from_secs(10)))?;
        write!(line, "GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
        line.read_to_end(&mut Vec::new()).map(drop)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Each of these is for the case that the one before it did not do.
        let _ = self.shut_down();
        let _ =
            Command::new("kill").args(["-KILL", "--", &format!("-{}", self.child.id())]).stderr(Stdio::null()).status();
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// One person's browser.
#[derive(Clone)]
pub struct Browser {
    client: Client,
    session: String,
}

impl Browser {
    /// Opens an address and waits until it is loaded.
    pub async fn open(&self, address: &str) {
        self.client.goto(address).await.expect(address);
    }

    /// Loads the page anew.
    pub async fn reload(&self) {
        self.client.refresh().await.expect("it reloads");
    }

    /// Runs a script in the page and gives its answer back. The driver may do so where the page itself may not.
    pub async fn js(&self, script: &str) -> Value {
        self.js_with(script, Vec::new()).await
    }

    /// The same, with arguments.
    pub async fn js_with(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.client.execute(script, arguments).await.unwrap_or_else(|error| panic!("{script:.200}: {error}"))
    }

    /// Runs a script that answers by its last argument, a function.
    pub async fn js_later(&self, script: &str) -> Value {
        self.client.execute_async(script, Vec::new()).await.unwrap_or_else(|error| panic!("{script:.200}: {error}"))
    }

    /// The same, with arguments before it.
    pub async fn js_later_with(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.client.execute_async(script, arguments).await.unwrap_or_else(|error| panic!("{script:.200}: {error}"))
    }

    /// Has an authenticator built in, which knows its owner and says yes.
    pub async fn has_authenticator(&self) {
        let kind = json!({
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": true, "hasUserVerification": true,
            "isUserVerified": true,
        });
        self.ask("webauthn/authenticator", &kind).await;
    }

    /// There is such an element, and it can be seen.
    pub async fn shows(&self, css: &str) -> bool {
        match self.client.find(Locator::Css(css)).await {
            Ok(element) => element.is_displayed().await.unwrap_or(false),
            Err(_) => false,
        }
    }

    /// The text of the first such element, as a person sees it; nothing when there is none.
    pub async fn text(&self, css: &str) -> Option<String> {
        let element = self.client.find(Locator::Css(css)).await.ok()?;
        element.text().await.ok()
    }

    /// Waits until there is such an element to be seen.
    pub async fn until_shown(&self, css: &str) -> Element {
        until(css, || async {
            let element = self.client.find(Locator::Css(css)).await.ok()?;
            element.is_displayed().await.unwrap_or(false).then_some(element)
        })
        .await
    }

    /// Waits until such an element says this.
    pub async fn until_said(&self, css: &str, words: &str) {
        until(&format!("{css} to say «{words}»"), || async {
            self.text(css).await.filter(|text| text.contains(words)).map(drop)
        })
        .await;
    }

    /// Presses an element as a finger does.
    pub async fn press(&self, css: &str) {
        let element = self.until_shown(css).await;
        element.click().await.unwrap_or_else(|error| panic!("{css}: {error}"));
    }

    /// Presses what an XPath leads to.
    pub async fn press_path(&self, path: &str) {
        let element = until(path, || async { self.client.find(Locator::XPath(path)).await.ok() }).await;
        element.click().await.unwrap_or_else(|error| panic!("{path}: {error}"));
    }

    /// Types into a field.
    pub async fn write(&self, css: &str, words: &str) {
        let element = self.until_shown(css).await;
        element.click().await.unwrap_or_else(|error| panic!("{css}: {error}"));
        element.clear().await.expect("a field can be emptied");
        self.cdp("Input.insertText", json!({ "text": words })).await;
    }

    /// Presses Tab once.
    pub async fn tab(&self) {
        self.key(Key::Tab).await;
    }

    /// Presses Enter once.
    pub async fn enter(&self) {
        self.key(Key::Return).await;
    }

    /// Presses a key that writes nothing.
    pub async fn key(&self, key: Key) {
        self.key_with(&[], key).await;
    }

    /// The same while others are held down.
    pub async fn key_with(&self, held: &[Key], key: Key) {
        let mut keys = KeyActions::new("keyboard".to_owned());
        for one in held.iter().chain([&key]) {
            keys = keys.then(KeyAction::Down { value: char::from(*one) });
        }
        for one in held.iter().chain([&key]).rev() {
            keys = keys.then(KeyAction::Up { value: char::from(*one) });
        }
        self.client.perform_actions(keys).await.expect("a key can be pressed");
    }

    /// What stands in a frame of the page, also one that the page itself may not look into.
    pub async fn text_in_frame(&self, css: &str) -> Option<String> {
        let frame = self.client.find(Locator::Css(css)).await.ok()?;
        frame.enter_frame().await.ok()?;
        let text = self.text("body").await;
        self.client.clone().enter_parent_frame().await.expect("the page around it");
        text
    }

    /// Presses a key of the keyboard by its place (`KeyA`) while it writes another alphabet's letter.
    pub async fn press_key(&self, code: &str, letter: &str) {
        let place = code.bytes().last().unwrap_or_default();
        for kind in ["keyDown", "keyUp"] {
            let event = json!({
                "type": kind, "code": code, "key": letter, "text": if kind == "keyDown" { letter } else { "" },
                "windowsVirtualKeyCode": place, "nativeVirtualKeyCode": place,
            });
            self.cdp("Input.dispatchKeyEvent", event).await;
        }
    }

    /// Presses a key of the keyboard by its place with Control held, and Shift as well where it is said.
    pub async fn press_key_with_control(&self, code: &str, shift: bool) {
        let place = code.bytes().last().unwrap_or_default();
        for kind in ["rawKeyDown", "keyUp"] {
            let event = json!({
                "type": kind, "code": code, "key": code.trim_start_matches("Key").to_lowercase(),
                "modifiers": if shift { 2 + 8 } else { 2 },
                "windowsVirtualKeyCode": place, "nativeVirtualKeyCode": place,
            });
            self.cdp("Input.dispatchKeyEvent", event).await;
        }
    }

    /// Sets the size of the screen; the page is laid out for it at once.
    pub async fn size(&self, (width, height): (u32, u32)) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// Asks pages for their light or dark colours, and for no motion.
    pub async fn colours(&self, scheme: &str) {
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.cdp("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// A picture of the whole page, PNG in base64.
    pub async fn picture(&self) -> String {
        // Asked to look further than the screen at a page that ends before it, Chromium shifts the picture.
        let tall = self.js("return document.scrollingElement.scrollHeight > innerHeight").await;
        let taken = self.cdp("Page.captureScreenshot", json!({ "captureBeyondViewport": tall })).await;
        taken["data"].as_str().expect("a picture").to_owned()
    }

    /// A picture of what is on the screen, PNG in base64.
    pub async fn screen(&self) -> String {
        let taken = self.cdp("Page.captureScreenshot", json!({})).await;
        taken["data"].as_str().expect("a picture").to_owned()
    }

    /// What the page complained about in the console since the last time: errors, refusals of the content policy.
    pub async fn complaints(&self) -> Vec<String> {
        let said = self.ask("se/log", &json!({ "type": "browser" })).await;
        let entries = said.as_array().cloned().unwrap_or_default();
        let bad = entries.iter().filter(|entry| matches!(entry["level"].as_str(), Some("SEVERE" | "WARNING")));
        bad.map(|entry| entry["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// What went over the wire since the last time, as events of the browser's own protocol.
    pub async fn traffic(&self) -> Vec<Value> {
        let said = self.ask("se/log", &json!({ "type": "performance" })).await;
        let entries = said.as_array().cloned().unwrap_or_default();
        let events = entries.iter().filter_map(|entry| serde_json::from_str::<Value>(entry["message"].as_str()?).ok());
        events.map(|mut event| event["message"].take()).collect()
    }

    /// Takes the line away, or gives it back, and says so to the page as a browser does.
    pub async fn line(&self, is_there: bool) {
        self.cdp("Network.enable", json!({})).await;
        let line = json!({ "offline": !is_there, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.cdp("Network.emulateNetworkConditions", line).await;
        if is_there {
            self.js("dispatchEvent(new Event('online'))").await;
        }
    }

    /// A command of the browser's own protocol.
    pub async fn cdp(&self, command: &str, params: Value) -> Value {
        self.ask("goog/cdp/execute", &json!({ "cmd": command, "params": params })).await
    }

    /// Asks the driver what WebDriver's standard has no words for.
    async fn ask(&self, place: &str, what: &Value) -> Value {
        let request = reqwest::Client::new().post(format!("{}/{place}", self.session));
        let answer = request.body(what.to_string()).send().await.expect("the driver answers");
        let (status, text) = (answer.status(), answer.text().await.expect("the whole answer"));
        assert!(status.is_success(), "{place} {what}: {text}");
        let mut answer: Value = serde_json::from_str(&text).expect("JSON");
        answer["value"].take()
    }
}
