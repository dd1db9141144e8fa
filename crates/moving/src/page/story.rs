//! What stands between the headline and the comments.

use super::byline::{byline, ends_a_sentence};
use super::furniture::{is_invitation, is_label};
use super::lines::{Line, Look};
use super::{Part, SavedPage, Stretch, picture};
use crate::report::WhyDropped;
use std::ops::Range;

/// Unknown lines that may stand in a form («لن يتم نشر عنوان بريدك»). With more of them an invitation to comment in the
/// middle of a page is a link in the middle of a page, and what follows is still the story.
const MOST_FORM_LINES: usize = 8;

/// Reads what stands above the headline: pictures' names and empty paragraphs.
pub(super) fn read_before(lines: &[Line<'_>], above: Range<usize>, page: &mut SavedPage) {
    for at in above {
        match picture(lines, at) {
            Some(name) => page.take_picture(name, at),
            None if lines[at].look() == Look::Invisible => {
                page.drop_line(&lines[at], at, WhyDropped::EmptyParagraph);
            }
            None => {}
        }
    }
}

/// Reads the story: paragraphs, pictures, byline, and the form behind it.
pub(super) fn read(lines: &[Line<'_>], region: Range<usize>, page: &mut SavedPage) {
    let end = end_of_story(lines, region.clone());
    page.byline = last_line(lines, region.start..end).and_then(|at| byline(lines[at].text.trim(), at + 1));
    let byline_at = page.byline.as_ref().map(|byline| byline.line - 1);
    let mut block = Vec::new();
    for at in region.start..end {
        let line = &lines[at];
        let is_text = match line.look() {
            Look::Blank => false,
            Look::Invisible => {
                page.drop_line(line, at, WhyDropped::EmptyParagraph);
                false
            }
            Look::Words if is_invitation(line.text) => {
                page.drop_line(line, at, WhyDropped::Form);
                false
            }
            Look::Words => picture(lines, at).is_none() && byline_at != Some(at),
        };
        if is_text {
            block.push(at);
            continue;
        }
        close_block(lines, &mut block, page);
        if let Some(name) = picture(lines, at) {
            page.take_picture(name, at);
        }
    }
    close_block(lines, &mut block, page);
    read_form(lines, end..region.end, page);
}

/// Where the form begins, or the region ends. Lines of labels at the very end are a form; so is what follows the last
/// invitation, if a paragraph stands before it and few unknown lines after.
fn end_of_story(lines: &[Line<'_>], region: Range<usize>) -> usize {
    let has_text = |range: Range<usize>| range.into_iter().any(|at| is_prose(lines, at));
    let invitation = region.clone().rev().find(|at| is_invitation(lines[*at].text));
    let form = invitation.filter(|at| {
        let unknown = (*at..region.end).filter(|at| is_prose(lines, *at) && !is_label(lines[*at].text)).count();
        unknown <= MOST_FORM_LINES && has_text(region.start..*at)
    });
    let mut end = form.unwrap_or(region.end);
    while end > region.start && is_form_or_nothing(&lines[end - 1]) {
        end -= 1;
    }
    end
}

/// Words that are neither an invitation nor a picture's name.
fn is_prose(lines: &[Line<'_>], at: usize) -> bool {
    lines[at].has_words() && !is_invitation(lines[at].text) && picture(lines, at).is_none()
}

fn is_form_or_nothing(line: &Line<'_>) -> bool {
    !line.has_words() || is_invitation(line.text) || is_label(line.text)
}

fn read_form(lines: &[Line<'_>], form: Range<usize>, page: &mut SavedPage) {
    for at in form {
        let line = &lines[at];
        match (line.look(), picture(lines, at)) {
            (Look::Blank, _) => {}
            (Look::Invisible, _) => page.drop_line(line, at, WhyDropped::EmptyParagraph),
            (Look::Words, Some(name)) => page.take_picture(name, at),
            (Look::Words, None) if is_invitation(line.text) || is_label(line.text) => {
                page.drop_line(line, at, WhyDropped::Form);
            }
            (Look::Words, None) => page.drop_line(line, at, WhyDropped::BesideForm),
        }
    }
}

/// The last line of the story, if a byline may stand there: by itself, or under a line that ends a sentence.
fn last_line(lines: &[Line<'_>], story: Range<usize>) -> Option<usize> {
    let at = story.clone().rev().find(|at| is_prose(lines, *at))?;
    let above = at.checked_sub(1).filter(|above| story.contains(above) && is_prose(lines, *above));
    let stands_apart = above.is_none_or(|above| ends_a_sentence(lines[above].text));
    stands_apart.then_some(at)
}

/// Makes paragraphs of lines that no blank line parts.
///
/// They are one paragraph that was wrapped, and are joined by a space; but when every one of them ends as a sentence
/// ends, nothing was wrapped: wrapping breaks a line somewhere inside a sentence. Then each is a paragraph.
fn close_block(lines: &[Line<'_>], block: &mut Vec<usize>, page: &mut SavedPage) {
    let Some((first, last)) = block.first().copied().zip(block.last().copied()) else { return };
    let text = |at: &usize| lines[*at].text.trim();
    if block.iter().all(|at| ends_a_sentence(text(at))) {
        let each = block.iter().map(|at| Stretch { text: text(at).to_owned(), lines: at + 1..at + 2 });
        page.body.extend(each.map(Part::Paragraph));
    } else {
        let joined = block.iter().map(text).collect::<Vec<_>>().join(" ");
        page.body.push(Part::Paragraph(Stretch { text: joined, lines: first + 1..last + 2 }));
    }
    block.clear();
}
