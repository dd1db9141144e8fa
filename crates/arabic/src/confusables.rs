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
