//! Words near a cue that say whether it is contempt: who is meant, what is only told, what is to stop.

use super::scan::{Mark, Scan};

pub(super) fn is_third(word: &str) -> bool {
    matches!(
        word,
        "هم" | "هن"
            | "هما"
            | "انهم"
            | "انهن"
            | "لانهم"
            | "لانهن"
            | "كلهم"
            | "كلهن"
            | "جميعهم"
            | "معظمهم"
            | "هولاء"
            | "هدول"
            | "هذول"
            | "هذولا"
            | "دول"
            | "هادو"
            | "هادوك"
            | "هذوك"
            | "هوما"
            | "هومه"
            | "همه"
            | "فهم"
            | "وهم"
            | "راهم"
            | "they"
            | "they're"
            | "these"
            | "those"
            | "ils"
            | "elles"
            | "eux"
            | "ces"
            | "homa"
            | "houma"
            | "homma"
            | "hom"
            | "hadou"
            | "hado"
    )
}

/// A word of contempt for people thrown at somebody: «you …», «these …».
pub(super) fn is_flung(scan: &Scan<'_>, mark: &Mark) -> bool {
    let start = mark.words.start;
    let sentence = scan.voice(start).sentence;
    let mut before = (start.saturating_sub(3)..start).filter(|word| scan.voice(*word).sentence == sentence);
    before.any(|word| {
        matches!(
            scan.reading.word(word),
            "يا" | "ايها"
                | "ايتها"
                | "انت"
                | "انتي"
                | "انتم"
                | "انتو"
                | "انتوا"
                | "انك"
                | "انكم"
                | "نت"
                | "نتا"
                | "نتوما"
                | "هولاء"
                | "هالا"
                | "هدول"
                | "هذول"
                | "دول"
                | "هادو"
                | "ايا"
                | "you"
                | "you're"
                | "ur"
                | "these"
                | "those"
                | "filthy"
                | "tu"
                | "t'es"
                | "vous"
                | "espece"
                | "sale"
                | "sales"
                | "ces"
                | "bande"
        )
    })
}

/// What is to stop is not called for: «stop killing women», «crimes of …».
pub(super) fn is_stopped(scan: &Scan<'_>, mark: &Mark) -> bool {
    let start = mark.words.start;
    (start.saturating_sub(2)..start).any(|word| {
        matches!(
            scan.reading.word(word),
            "وقف"
                | "ايقاف"
                | "يتوقف"
                | "توقف"
                | "نوقف"
                | "اوقفوا"
                | "انهاء"
                | "ينتهي"
                | "ينتهوا"
                | "مكافحه"
                | "مناهضه"
                | "جرائم"
                | "ضد"
                | "نمنع"
                | "يعاقب"
                | "معاقبه"
                | "تجريم"
                | "ندين"
                | "stop"
                | "stopping"
                | "prevent"
                | "end"
                | "against"
                | "arreter"
                | "cesser"
                | "contre"
                | "empecher"
        )
    })
}

/// «God keep the Muslims from all evil»: what people are prayed for is not said of them, and nor is what they are to be kept
/// from. Only where they are the object: «keep our country from …» is no prayer for those behind it.
pub(super) fn is_prayed_for(scan: &Scan<'_>, name: usize) -> bool {
    let Some(words) = scan.marks.get(name).map(|mark| &mark.words) else { return false };
    let sentence = scan.voice(words.start).sentence;
    let own = scan.reading.word(words.start);
    let from = (words.start.saturating_sub(5)..words.start).rev();
    let mut before = from.filter(|word| scan.voice(*word).sentence == sentence).map(|word| scan.reading.word(word));
    let far = |word: &str| matches!(word, "من" | "علي" | "عن" | "ضد" | "مع");
    let prayer = before.find(|word| far(word) || is_of_prayer(word));
    prayer.is_some_and(is_of_prayer) && !matches!(before.next(), Some("لا" | "ولا" | "ما" | "لم" | "لن")) && !far(own)
}

fn is_of_prayer(word: &str) -> bool {
    matches!(
        word.strip_prefix(['و', 'ف']).unwrap_or(word),
        "احفظ"
            | "يحفظ"
            | "احفظهم"
            | "اشف"
            | "اشفي"
            | "يشفي"
            | "يشافي"
            | "شافي"
            | "يكفينا"
            | "اكفنا"
            | "جنب"
            | "يجنب"
            | "انصر"
            | "ينصر"
            | "نجي"
            | "ينجي"
            | "نج"
            | "اخرج"
            | "يرحم"
            | "ارحم"
            | "اغفر"
            | "يغفر"
            | "استر"
            | "يستر"
            | "احم"
            | "يحمي"
            | "فرج"
            | "يفرج"
            | "الطف"
            | "يلطف"
            | "اصلح"
            | "يصلح"
            | "اهد"
            | "اهدي"
            | "يهدي"
            | "ارزق"
            | "يرزق"
            | "وفق"
            | "يوفق"
            | "عافي"
            | "يعافي"
            | "بارك"
            | "سلم"
            | "يسلم"
            | "اعز"
            | "يعز"
    )
}

/// «treated like animals» tells what is done to people.
pub(super) fn is_suffered(scan: &Scan<'_>, at: usize) -> bool {
    let start = scan.marks[at].words.start;
    (start.saturating_sub(5)..start).any(|word| {
        let word = scan.reading.word(word);
        word.contains("عامل") && !word.contains("عاملين")
            || matches!(
                word,
                "treated"
                    | "treat"
                    | "treating"
                    | "traites"
                    | "traitees"
                    | "traiter"
                    | "called"
                    | "appeler"
                    | "portrayed"
                    | "accused"
            )
    })
}

/// «no second-class human beings» denies that they are less.
pub(super) fn is_qualified(scan: &Scan<'_>, mark: &Mark) -> bool {
    let sentence = scan.sentence(scan.voice(mark.words.start).sentence);
    let behind = (mark.words.end..mark.words.end + 2).any(|word| {
        let word = scan.reading.word(word);
        matches!(
            word,
            "من" | "درجه" | "ثانيه" | "second" | "seconde" | "seulement" | "only" | "فقط" | "فحسب" | "enough" | "here"
        )
    });
    sentence.asked || behind
}

/// «Whoever beats women is to be punished»: the deed is somebody's against the people.
pub(super) fn is_deed_of_others(scan: &Scan<'_>, at: usize, name: usize) -> bool {
    let (cue, people) = (&scan.marks[at].words, &scan.marks[name].words);
    let (from, to) = if cue.end <= people.start { (cue.end, people.start) } else { (people.end, cue.start) };
    let ahead = cue.end <= people.start;
    let start = cue.start.min(people.start);
    let whoever = |word: usize| {
        matches!(
            scan.reading.word(word),
            "من" | "الذي" | "الذين" | "اللي" | "who" | "whoever" | "anyone" | "qui" | "ceux" | "quiconque" | "مين"
        )
    };
    let linked = |word: usize| {
        let next = scan.reading.word(word + 1);
        whoever(word) && !matches!(scan.reading.word(word), "من")
            || (whoever(word) && (next.starts_with(['ي', 'ت']) || next.starts_with("لا")))
    };
    if ahead {
        (from..to).any(linked)
    } else {
        // «People who call women stupid», «من يعتقد أن …».
        (start.saturating_sub(4)..start)
            .any(|word| linked(word) && scan.voice(word).sentence == scan.voice(start).sentence)
    }
}

/// «I do not believe that …», «it is not true that …».
pub(super) fn is_disbelieved(scan: &Scan<'_>, at: usize) -> bool {
    let start = scan.marks[at].words.start;
    let sentence = scan.voice(start).sentence;
    let words = (start.saturating_sub(9)..start).filter(|word| scan.voice(*word).sentence == sentence);
    words.into_iter().any(|word| {
        let (one, next) = (scan.reading.word(word), scan.reading.word(word + 1));
        matches!(
            one,
            "لا" | "لم"
                | "لن"
                | "ليس"
                | "ليست"
                | "مش"
                | "مو"
                | "ما"
                | "مافيش"
                | "مفيش"
                | "not"
                | "don't"
                | "never"
                | "pas"
                | "ne"
        ) && [
            "عتقد",
            "اظن",
            "بظن",
            "اري",
            "صحيح",
            "حقيقي",
            "صدق",
            "شايف",
            "believe",
            "think",
            "true",
            "crois",
            "pense",
            "vrai",
        ]
        .iter()
        .any(|stem| next.contains(stem))
    })
}

/// «Nobody should be deprived of rights» stands for them.
pub(super) fn is_deprived(scan: &Scan<'_>, at: usize) -> bool {
    let end = scan.marks[at].words.end;
    (end..end + 5).any(|word| {
        let word = scan.reading.word(word);
        ["حرم", "سلب", "نكر", "نكار", "انتهك", "نتهك", "تجاهل", "صادر", "depriv", "den", "priv", "refus"]
            .iter()
            .any(|stem| word.contains(stem))
    })
}

/// «Why do we not throw them out?» urges.
pub(super) fn is_urged_by_asking(scan: &Scan<'_>, at: usize) -> bool {
    let Some(mark) = scan.marks.get(at) else { return false };
    let start = mark.words.start;
    (start.saturating_sub(4)..start).any(|word| {
        let (one, next) = (scan.reading.word(word), scan.reading.word(word + 1));
        (is_presupposing(one) && matches!(next, "لا" | "ما" | "مش" | "don't" | "not" | "ne"))
            || (matches!(one, "متي" | "امتي" | "ايمتي" | "when" | "quand"))
    })
}

/// Words of asking that take what they ask about for true: «why are they …».
pub(super) fn is_presupposing(word: &str) -> bool {
    matches!(
        word,
        "كيف"
            | "ازاي"
            | "كيفاش"
            | "شلون"
            | "how"
            | "comment"
            | "اليس"
            | "اليست"
            | "اليسوا"
            | "اليسو"
            | "aren't"
            | "isn't"
            | "لماذا"
            | "لم"
            | "ليش"
            | "ليه"
            | "علاش"
            | "وعلاش"
            | "علاه"
            | "لاش"
            | "لش"
            | "ولماذا"
            | "متي"
            | "امتي"
            | "ايمتي"
            | "وقتاش"
            | "فوقاش"
            | "كم"
            | "why"
            | "when"
            | "pourquoi"
            | "quand"
            | "3lach"
            | "leh"
            | "lesh"
            | "leish"
    )
}

/// «with cancer», «from the animals»: under a preposition a word says nothing of the people.
pub(super) fn is_under_particle(scan: &Scan<'_>, at: usize) -> bool {
    let words = &scan.marks[at].words;
    let before = words.start.checked_sub(1).map_or("", |word| scan.reading.word(word));
    let own = scan.reading.word(words.start);
    matches!(
        before,
        "من" | "عن"
            | "مع"
            | "ضد"
            | "علي"
            | "في"
            | "with"
            | "from"
            | "for"
            | "of"
            | "contre"
            | "avec"
            | "de"
            | "par"
            | "by"
            | "to"
            | "against"
    ) || ["بال", "لل", "بسر"].iter().any(|particle| own.starts_with(particle))
        // «بشر» are human beings and no «شر».
        || matches!(own, "بشر" | "بشرا" | "وبشر" | "كبشر" | "لبشر")
}
