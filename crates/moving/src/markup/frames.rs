//! What an old page loaded from elsewhere: frames, films, sounds. Cards stand for them, so that nothing is loaded.

use super::flow::{Flow, Maker};
use super::noted::What;
use url::Url;

/// Hosts whose frames show something that readers can open by itself.
const KNOWN: &[&str] = &[
    "youtube.com",
    "youtube-nocookie.com",
    "youtu.be",
    "vimeo.com",
    "dailymotion.com",
    "dai.ly",
    "facebook.com",
    "instagram.com",
    "twitter.com",
    "x.com",
    "tiktok.com",
    "soundcloud.com",
    "spotify.com",
    "rumble.com",
    "ted.com",
    "twitch.tv",
    "videopress.com",
    "archive.org",
    "scribd.com",
    "issuu.com",
];

/// Where films and sounds say what they play.
const SOURCES: [&str; 12] = ["src", "url", "mp4", "m4v", "webm", "ogv", "wmv", "flv", "mp3", "m4a", "ogg", "wav"];

impl Maker<'_> {
    /// A frame: a card where its host is known, else a note.
    pub(super) fn frame(&mut self, at: usize, flow: &mut Flow) {
        let said = |name: &str| self.tree.attribute(at, name).map(str::trim).filter(|said| !said.is_empty());
        let source = said("src").filter(|source| *source != "about:blank").or_else(|| said("data-src"));
        let (source, title) = (source.unwrap_or_default().to_owned(), said("title").unwrap_or_default().to_owned());
        self.framed(&source, &title, flow);
    }

    fn framed(&mut self, source: &str, title: &str, flow: &mut Flow) {
        let whole = if source.starts_with("//") { format!("https:{source}") } else { source.to_owned() };
        match opened(&whole) {
            Some(address) => {
                self.notes.note(What::FrameCard, source);
                self.card(&address, title, flow);
            }
            None => self.notes.note(What::Frame, source),
        }
    }

    /// `object`, `embed`, `applet`: old films stand in them; what else is in them is for browsers without the plug-in.
    pub(super) fn plug_in(&mut self, at: usize, flow: &mut Flow) {
        let tree = self.tree;
        let mut said = vec![at];
        said.extend(tree.below(at));
        let sources = said.iter().flat_map(|one| {
            let by_name =
                (tree.attribute(*one, "name") == Some("movie")).then(|| tree.attribute(*one, "value")).flatten();
            [tree.attribute(*one, "src"), tree.attribute(*one, "data"), by_name]
        });
        let source = sources.flatten().next().unwrap_or_default().to_owned();
        self.framed(&source, "", flow);
    }

    /// A film or a sound: its file is of the old site, a card leads to it.
    pub(super) fn media(&mut self, at: usize, flow: &mut Flow) {
        let tree = self.tree;
        let mut said = vec![at];
        said.extend(tree.inside(at));
        let source = said.iter().find_map(|one| SOURCES.into_iter().find_map(|name| tree.attribute(*one, name)));
        let words = tree.text(at);
        let source = source.unwrap_or(words.trim()).trim();
        let Some(address) = self.site.whole(source) else { return self.notes.note(What::Media, source) };
        self.notes.note(What::Media, source);
        let title = tree.attribute(at, "title").unwrap_or_default();
        self.card(&address, if title.is_empty() { &address } else { title }, flow);
    }
}

/// The page on which readers find what a frame shows; nothing where the host is not known.
pub(super) fn opened(source: &str) -> Option<String> {
    let url = Url::parse(source).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let host = url.host_str()?;
    KNOWN.iter().find(|known| host == **known || host.strip_suffix(**known).is_some_and(|sub| sub.ends_with('.')))?;
    let parts: Vec<&str> = url.path().split('/').filter(|part| !part.is_empty()).collect();
    let query = |name: &str| url.query_pairs().find(|(one, _)| one == name).map(|(_, value)| value.into_owned());
    Some(match parts.as_slice() {
        ["embed", "videoseries"] => format!("https://www.youtube.com/playlist?list={}", query("list")?),
        ["embed" | "v", id] if host.contains("youtube") => format!("https://www.youtube.com/watch?v={id}"),
        ["video", id] if host == "player.vimeo.com" => format!("https://vimeo.com/{id}"),
        ["embed", "video", id] if host.contains("dailymotion") => format!("https://www.dailymotion.com/video/{id}"),
        ["plugins", ..] if host.contains("facebook") => query("href")?,
        _ => url.to_string(),
    })
}
