//! What takes a cue out of the visitor's own mouth.

use super::scan::{Mark, Scan, Sentence};
use super::signs::Sign;
use crate::Frame;

/// Words that may stand between a denial and what it denies; names in between are not counted.
const DENIAL_REACH: usize = 2;
/// Marks that are looked at for a denial, so that a text of names alone costs no more than another.
const DENIAL_MARKS: usize = 12;

impl Scan<'_> {
    /// The frame around a mark; none where the visitor says it.
    pub fn frame(&self, at: usize) -> Option<Frame> {
        let mark = self.marks.get(at)?;
        let voice = self.voice(mark.words.start);
        let (sentence, next) = (self.sentence(voice.sentence), self.sentence(voice.sentence + 1));
        let condemned = sentence.condemned || (next.condemned && next.speech);
        let others = voice.said || self.sourced.get(voice.clause).copied().unwrap_or(false);
        if self.is_denied(at) {
            Some(Frame::Denied)
        } else if self.is_asked(at, sentence) {
            Some(Frame::Asked)
        } else if (voice.quoted || others) && condemned {
            Some(Frame::Condemned)
        } else if voice.quoted {
            Some(Frame::Quoted)
        } else if others {
            Some(Frame::Attributed)
        } else if self.condemned_in_clause(at) || (next.condemned && next.speech) {
            Some(Frame::Condemned)
        } else {
            None
        }
    }

    /// Whether contempt at a mark is not the visitor's: as [`Scan::frame`], but «why are they so …?» asserts what it asks
    /// about; `denial` where being denied is part of the contempt.
    pub fn contempt_frame(&self, at: usize, denial: bool) -> bool {
        match self.frame(at) {
            None => false,
            Some(Frame::Denied) if self.expects_yes(at) => false,
            Some(Frame::Denied) => !denial,
            Some(Frame::Asked) => !(self.presupposes(at) || self.expects_yes(at)) || self.voice_frame(at).is_some(),
            Some(_) => true,
        }
    }

    /// The frame around a mark, but for denials and questions: whose mouth it is in.
    pub fn voice_frame(&self, at: usize) -> Option<Frame> {
        let mark = self.marks.get(at)?;
        let voice = self.voice(mark.words.start);
        let next = self.sentence(voice.sentence + 1);
        let others = voice.said || self.sourced.get(voice.clause).copied().unwrap_or(false);
        if voice.quoted {
            Some(Frame::Quoted)
        } else if others {
            Some(Frame::Attributed)
        } else if self.condemned_in_clause(at) || (next.condemned && next.speech) {
            Some(Frame::Condemned)
        } else {
            None
        }
    }

    /// Whether words are condemned in the sentence of a mark or in its neighbours, where somebody's words are spoken of.
    pub fn is_condemned_near(&self, at: usize) -> bool {
        let Some(mark) = self.marks.get(at) else { return false };
        let own = self.voice(mark.words.start).sentence;
        let near = || (own.saturating_sub(1)..=own + 1).map(|number| self.sentence(number));
        near().any(|sentence| sentence.condemned) && near().any(|sentence| sentence.told)
    }

    /// «Are they not …?» asks for a yes.
    fn expects_yes(&self, at: usize) -> bool {
        let Some(mark) = self.marks.get(at) else { return false };
        let sentence = self.sentence(self.voice(mark.words.start).sentence);
        sentence.asked
            && (sentence.first..sentence.first + 2).any(|word| {
                matches!(
                    self.reading.word(word),
                    "اليس"
                        | "اليست"
                        | "اليسوا"
                        | "اليسو"
                        | "الا"
                        | "اولا"
                        | "اولن"
                        | "مش"
                        | "مو"
                        | "موش"
                        | "ماشي"
                        | "aren't"
                        | "isn't"
                        | "shouldn't"
                        | "don't"
                        | "n'est"
                )
            })
    }

    /// Whether the question takes for true what it asks about.
    fn presupposes(&self, at: usize) -> bool {
        let Some(ask) = self.beside(at, Sign::Ask, 12, 0) else { return false };
        super::nearby::is_presupposing(self.reading.word(self.marks[ask].words.start))
    }

    /// Whether the mark stands in what is asked: the whole sentence behind a word of asking, or its last part.
    fn is_asked(&self, at: usize, sentence: Sentence) -> bool {
        let Some(mark) = self.marks.get(at) else { return false };
        let opened = self.beside(at, Sign::Ask, 12, 0).map(|ask| &self.marks[ask]);
        let at_head = opened.is_some_and(|ask| {
            let word = self.reading.word(ask.words.start);
            ask.words.start <= sentence.first + 1
                && !matches!(word, "شو" | "ايه" | "اي" | "what" | "how" | "شنو" | "ايش")
        });
        at_head || (sentence.asked && (opened.is_some() || mark.words.start >= sentence.last_part))
    }

    /// Whether a word of denial stands before the mark (or «pas» behind it) and nothing that it could deny stands between.
    pub fn is_denied(&self, at: usize) -> bool {
        let Some(mark) = self.marks.get(at) else { return false };
        if mark.denied || self.denied_behind(mark) {
            return true;
        }
        let before = mark.words.start.checked_sub(1).map_or("", |word| self.reading.word(word));
        // «Nothing but …» denies nothing.
        if matches!(before, "الا" | "سوي" | "غير" | "مجرد" | "but" | "que" | "just" | "only") {
            return false;
        }
        let voice = self.voice(mark.words.start);
        let mut gap_end = mark.words.start;
        let mut gap = 0;
        for before in self.marks[..at].iter().rev().take(DENIAL_MARKS) {
            if before.words.end > gap_end {
                continue;
            }
            gap += gap_end - before.words.end;
            if gap > DENIAL_REACH
                || self.voice(before.words.start).clause != voice.clause
                || self.paused_between(before, mark)
            {
                return false;
            }
            match before.sign {
                Sign::Not => return true,
                Sign::Name { .. } | Sign::People { .. } => gap_end = before.words.start,
                Sign::Term | Sign::Predicate | Sign::Label | Sign::Praise if before.words.end < mark.words.start => {
                    return false;
                }
                _ => {}
            }
            gap -= gap_end.saturating_sub(before.words.end).min(gap);
        }
        false
    }

    fn denied_behind(&self, mark: &Mark) -> bool {
        let next = self.reading.word(mark.words.end);
        matches!(next, "pas" | "jamais" | "plus" | "guere") && {
            let before = mark.words.start.checked_sub(1).map_or("", |word| self.reading.word(word));
            let own = self.reading.word(mark.words.start);
            next != "plus" || before == "ne" || own.starts_with("n'")
        }
    }

    /// Condemned in the visitor's own sentence, before it is said: «it is a shame to call them heroes».
    fn condemned_in_clause(&self, at: usize) -> bool {
        let Some(mark) = self.marks.get(at) else { return false };
        let clause = self.voice(mark.words.start).clause;
        let near = |other: &&Mark| self.voice(other.words.start).clause == clause;
        let before = self.marks[..at].iter().rev().take(24).take_while(near);
        let behind = self.marks[at + 1..].iter().take(24).take_while(near);
        let condemns = |other: &Mark| other.sign == Sign::Condemn && other.words != mark.words;
        before.clone().any(|other| condemns(other) && !self.paused_between(other, mark) && !self.at_you(other))
            || (behind.clone().any(condemns) && before.chain(behind).any(|other| other.sign == Sign::Speech))
    }

    fn at_you(&self, mark: &Mark) -> bool {
        matches!(self.reading.word(mark.words.end), "عليك" | "عليكم" | "on")
    }

    /// Whether a comma or the like stands between two marks.
    pub fn paused_between(&self, before: &Mark, behind: &Mark) -> bool {
        let (from, to) = (before.words.end, behind.words.start);
        from <= to && (from..=to).take(16).any(|word| self.voice(word).paused)
    }
}
