//! Letters of different alphabets that look alike.

/// The common look-alikes among Latin, Cyrillic and Greek, each as one Latin letter.
///
/// Takes lower-case letters. Some pairs look alike only as capitals (Cyrillic В, Greek Η); they are here too,
/// because a name may be written in capitals. Chosen by hand after the Unicode confusables list (UTS 39), which
/// is far larger. Small L and capital I are one as well; digits are not touched, so «ali1» and «alil» differ.
pub(crate) fn latin_look(c: char) -> char {
    match c {
        'а' | 'α' | 'ɑ' => 'a',
        'в' | 'β' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'ε' | 'є' => 'e',
        'ɡ' | 'ց' => 'g',
        'һ' | 'н' | 'η' => 'h',
        'і' | 'ι' | 'ı' | 'l' | 'ӏ' | 'ɩ' => 'i',
        'ј' | 'ϳ' => 'j',
        'к' | 'κ' => 'k',
        'м' | 'μ' => 'm',
        'ν' | 'п' => 'n',
        'о' | 'ο' | 'օ' | 'σ' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'г' => 'r',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'υ' | 'у' | 'ү' | 'γ' => 'y',
        'ѵ' => 'v',
        'ԝ' | 'ω' | 'ѡ' => 'w',
        'х' | 'χ' => 'x',
        'ζ' => 'z',
        other => other,
    }
}

/// The Latin letter that a Cyrillic, Greek or Armenian one looks like. Unlike [`latin_look`] it keeps small L and
/// small I apart, for it is there to read words by.
pub(crate) fn latin_twin(c: char) -> Option<char> {
    match c {
        'ӏ' => Some('l'),
        _ if c.is_ascii() => None,
        _ => Some(latin_look(c)).filter(char::is_ascii),
    }
}

/// The Arabic letter that one of another alphabet looks like, in lower case: a stroke is ا, a ring is ه. After the
/// Unicode confusables list (UTS 39), which has these two shapes only.
pub(crate) fn arabic_look(c: char) -> Option<char> {
    match c {
        'l' | 'i' | 'ı' | 'ɩ' | 'і' | 'ӏ' | 'ι' => Some('ا'),
        'o' | 'о' | 'ο' | 'σ' | 'օ' => Some('ه'),
        _ => None,
    }
}
