//! A story, or breaking news, in a channel of Telegram (Bot API: `sendMessage`, `editMessageText`, `deleteMessage`). It is plain text:
//! no sign in a headline means anything. Each line begins with a mark of its own direction, so that a headline that begins with a
//! Latin name still runs from the right.

use super::told::Told;
use crate::app::App;
use crate::layout::address;
use arabic::bidi::{Direction, majority};
use newsroom::followers::Event;
use newsroom::story::Published;
use serde_json::{Value, json};

/// U+200F and U+200E: a line runs as its first strong letter does, and these are strong and not seen.
const RIGHT_TO_LEFT: char = '\u{200f}';
const LEFT_TO_RIGHT: char = '\u{200e}';
/// Letters of a standfirst: a message holds 4,096.
const MOST_STANDFIRST: usize = 1_000;

/// What is asked of the bot: a method, and what it is given.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Call {
    pub method: &'static str,
    pub given: Value,
}

/// What is asked of the bot for this; none: nothing. `post` is the message that tells of the story already.
pub(super) fn call(app: &App, chat: &str, (event, told): (Event, &Told), post: Option<i64>) -> Option<Call> {
    match (told, post) {
        (Told::Story(story, _), None) if event == Event::Published => Some(send(chat, &of_story(app, story))),
        // What was published again is told anew; what is new in it stands where its followers saw it first.
        (Told::Story(story, _), Some(message)) => Some(edit(chat, message, &of_story(app, story))),
        (Told::Withdrawn(_), Some(message)) => {
            Some(Call { method: "deleteMessage", given: json!({ "chat_id": chat, "message_id": message }) })
        }
        (Told::Strip(strip), _) => {
            let mark = app.words().s("breaking.mark");
            let path = strip.slug.as_ref().and(strip.story);
            let link = path.map_or_else(|| address::whole(&app.paper, "/"), |story| address::short(&app.paper, story));
            let direction = app.paper.writing.language.direction();
            Some(send(chat, &Message::new(&format!("{mark}: {}", strip.text), "", &link, direction)))
        }
        _ => None,
    }
}

/// A text, and how many UTF-16 units from its beginning on are printed bold.
struct Message {
    text: String,
    bold: usize,
}

impl Message {
    fn new(headline: &str, standfirst: &str, link: &str, direction: Direction) -> Self {
        let head = line(headline, direction);
        let bold = head.encode_utf16().count();
        let below = if standfirst.is_empty() { String::new() } else { format!("\n{}", line(standfirst, direction)) };
        Self { text: format!("{head}{below}\n\n{link}"), bold }
    }
}

fn of_story(app: &App, story: &Published) -> Message {
    let text = &story.text;
    let standfirst: String = arabic::clean::line(&text.standfirst).chars().take(MOST_STANDFIRST).collect();
    Message::new(&text.headline, &standfirst, &address::short(&app.paper, story.id), text.language.direction())
}

/// Words on a line of their own, in the direction of most of their letters.
fn line(words: &str, otherwise: Direction) -> String {
    let words = arabic::clean::line(words);
    let direction = match majority(&words) {
        Direction::Neutral => otherwise,
        found => found,
    };
    let mark = if direction == Direction::RightToLeft { RIGHT_TO_LEFT } else { LEFT_TO_RIGHT };
    format!("{mark}{words}")
}

fn send(chat: &str, message: &Message) -> Call {
    Call { method: "sendMessage", given: given(chat, message) }
}

fn edit(chat: &str, id: i64, message: &Message) -> Call {
    let mut given = given(chat, message);
    given["message_id"] = json!(id);
    Call { method: "editMessageText", given }
}

fn given(chat: &str, message: &Message) -> Value {
    json!({
        "chat_id": chat,
        "text": message.text,
        "entities": [{ "type": "bold", "offset": 0, "length": message.bold }],
    })
}
