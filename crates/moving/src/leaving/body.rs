//! Blocks as HTML with the marks of WordPress's editor.

use super::xml::escaped;
use newsroom::body::{Block, Body, Picture, Span};
use std::fmt::Write as _;

/// Number and address of a picture; none where it is left out.
pub(super) type Shown<'s> = &'s dyn Fn(&Picture) -> Option<(u64, String)>;

/// The HTML of a body. Links to pages of the paper are whole.
pub(super) fn html(body: &Body, address: &str, shown: Shown<'_>) -> String {
    let blocks: Vec<String> = body.0.iter().map(|block| one(block, address, shown)).collect();
    blocks.into_iter().filter(|block| !block.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// A paragraph that only its class tells from others.
pub(super) fn classed(class: &str, inner: &str) -> String {
    marked("paragraph", &format!(" {{\"className\":\"{class}\"}}"), &format!("<p class=\"{class}\">{inner}</p>"))
}

fn one(block: &Block, address: &str, shown: Shown<'_>) -> String {
    let inline = |spans: &[Span]| words(spans, address);
    match block {
        Block::Paragraph { text } => marked("paragraph", "", &format!("<p>{}</p>", inline(text))),
        Block::Heading { level, text } => {
            let said = if *level == 2 { String::new() } else { format!(" {{\"level\":{level}}}") };
            marked("heading", &said, &format!("<h{level} class=\"wp-block-heading\">{}</h{level}>", inline(text)))
        }
        Block::List { ordered, entries } => {
            list(*ordered, &entries.iter().map(|entry| inline(entry)).collect::<Vec<_>>())
        }
        Block::Quote { text, source } => {
            let source = source.as_ref().map_or_else(String::new, |source| format!("<cite>{}</cite>", plain(source)));
            let inner = marked("paragraph", "", &format!("<p>{}</p>", inline(text)));
            marked("quote", "", &format!("<blockquote class=\"wp-block-quote\">{inner}{source}</blockquote>"))
        }
        Block::Picture(picture) => image(picture, shown),
        Block::Gallery { pictures } => {
            let inner: String = pictures.iter().map(|picture| image(picture, shown)).collect();
            let classes = "wp-block-gallery has-nested-images columns-default is-cropped";
            let whole =
                marked("gallery", " {\"linkTo\":\"none\"}", &format!("<figure class=\"{classes}\">{inner}</figure>"));
            if inner.is_empty() { String::new() } else { whole }
        }
        Block::LinkCard { address: to, title, description } => {
            let more = description.as_ref().map_or_else(String::new, |said| format!("<br>{}", plain(said)));
            let link = format!("<a href=\"{}\">{}</a>", escaped(&whole(to, address)), plain(title));
            classed("midad-card", &format!("{link}{more}"))
        }
        Block::Note { text } => classed("midad-note", &inline(text)),
        Block::Correction { text } => classed("midad-correction", &inline(text)),
        Block::Table { header, rows } => table(*header, rows, address),
        Block::Separator => marked("separator", "", "<hr class=\"wp-block-separator has-alpha-channel-opacity\"/>"),
    }
}

fn marked(name: &str, said: &str, html: &str) -> String {
    format!("<!-- wp:{name}{said} -->\n{html}\n<!-- /wp:{name} -->")
}

fn list(ordered: bool, entries: &[String]) -> String {
    let (tag, said) = if ordered { ("ol", " {\"ordered\":true}") } else { ("ul", "") };
    let entries = entries.iter().map(|entry| marked("list-item", "", &format!("<li>{entry}</li>")));
    marked("list", said, &format!("<{tag}>{}</{tag}>", entries.collect::<Vec<_>>().join("\n\n")))
}

fn table(header: bool, rows: &[Vec<Vec<Span>>], address: &str) -> String {
    let row = |cells: &[Vec<Span>], tag: &str| {
        let cells = cells.iter().map(|cell| format!("<{tag}>{}</{tag}>", words(cell, address)));
        format!("<tr>{}</tr>", cells.collect::<String>())
    };
    let (first, rest) = if header { rows.split_at(rows.len().min(1)) } else { (&rows[..0], rows) };
    let head: String = first.iter().map(|cells| format!("<thead>{}</thead>", row(cells, "th"))).collect();
    let rest: String = rest.iter().map(|cells| row(cells, "td")).collect();
    let inner = format!("<figure class=\"wp-block-table\"><table>{head}<tbody>{rest}</tbody></table></figure>");
    marked("table", "", &inner)
}

fn image(picture: &Picture, shown: Shown<'_>) -> String {
    let Some((number, address)) = shown(picture) else { return String::new() };
    let below = below(picture);
    let caption = if below.is_empty() {
        String::new()
    } else {
        format!("<figcaption class=\"wp-element-caption\">{below}</figcaption>")
    };
    let said = format!(" {{\"id\":{number},\"sizeSlug\":\"full\",\"linkDestination\":\"none\"}}");
    let (source, alt) = (escaped(&address), plain(&picture.alt));
    let image = format!("<img src=\"{source}\" alt=\"{alt}\" class=\"wp-image-{number}\"/>");
    marked("image", &said, &format!("<figure class=\"wp-block-image size-full\">{image}{caption}</figure>"))
}

/// The line below a picture: what it says, and who made it, since WordPress shows that nowhere else.
pub(super) fn below(picture: &Picture) -> String {
    let said = [&picture.caption, &picture.credit].map(|said| said.as_deref().filter(|said| !said.trim().is_empty()));
    match said {
        [Some(caption), Some(credit)] => format!("{} ({})", plain(caption), plain(credit)),
        [Some(one), None] | [None, Some(one)] => plain(one),
        [None, None] => String::new(),
    }
}

fn words(spans: &[Span], address: &str) -> String {
    spans.iter().fold(String::new(), |mut out, span| {
        let mut text = plain(&span.text).replace('\n', "<br>");
        if span.emphasis {
            text = format!("<em>{text}</em>");
        }
        if span.strong {
            text = format!("<strong>{text}</strong>");
        }
        if let Some(link) = &span.link {
            text = format!("<a href=\"{}\">{text}</a>", escaped(&whole(link, address)));
        }
        let _ = write!(out, "{text}");
        out
    })
}

/// Words in HTML: a bracket would begin a shortcode there.
pub(super) fn plain(words: &str) -> String {
    escaped(words).replace('[', "&#91;")
}

fn whole(link: &str, address: &str) -> String {
    if link.starts_with('/') && !link.starts_with("//") { format!("{address}{link}") } else { link.to_owned() }
}
