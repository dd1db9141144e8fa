//! Codes and passwords against the numbers that others computed.

use crate::sign_in::codes::{Secret, hash_of_code, is_recovery_code, recovery_codes};
use crate::sign_in::password::{TooWeak, hash, matches, strong};
use newsroom::{StaffId, Timestamp};

/// RFC 6238, appendix B: the SHA-1 rows, of whose eight digits the last six are a code of six.
#[test]
fn codes_are_those_of_the_standard() {
    let secret = Secret::read("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").expect("«12345678901234567890» in base 32");
    let table = [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ];
    for (second, code) in table {
        assert_eq!(secret.code(second / 30), code, "{second}");
        let now = Timestamp::from_second(second).expect("a time");
        assert_eq!(secret.span_of(code, -1, now), Some(second / 30));
    }
    assert_eq!(Secret::of_kept(&secret.kept()), Some(secret.clone()));
    assert_eq!(secret.written(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    assert_eq!(Secret::read("gezd gnbv gy3t qojq gezd gnbv gy3t qojq"), Some(secret));
    assert_eq!(Secret::read("GEZDGNBV"), None, "too short");
    assert_eq!(Secret::read("01890189018901890189018901890189"), None, "no letters of base 32");
}

#[test]
fn a_code_is_taken_a_span_early_or_late_in_any_digits_and_never_again() {
    let secret = Secret::read("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").expect("a secret");
    let at = |second| Timestamp::from_second(second).expect("a time");
    let (early, late) = (at(1_234_567_890 - 30), at(1_234_567_890 + 30));
    let span = 1_234_567_890 / 30;
    assert_eq!(secret.span_of("٠٠٥ ٩٢٤", -1, early), Some(span));
    assert_eq!(secret.span_of("005924", -1, late), Some(span));
    assert_eq!(secret.span_of("005924", -1, at(1_234_567_890 + 60)), None);
    assert_eq!(secret.span_of("005924", span, late), None, "used before");
    assert_eq!(secret.span_of("", -1, late), None);
}

#[test]
fn recovery_codes_are_read_as_people_type_them_and_hold_for_one_person() {
    let codes = recovery_codes().expect("randomness");
    let different: std::collections::BTreeSet<_> = codes.iter().collect();
    assert_eq!((codes.len(), different.len()), (10, 10));
    let code = &codes[0];
    assert_eq!(code.len(), 19, "four groups of four letters: {code}");
    assert!(is_recovery_code(code) && !is_recovery_code("١٢٣ 456"));
    let typed = format!(" {} ", code.to_lowercase().replace('-', " "));
    assert_eq!(hash_of_code(StaffId(1), &typed), hash_of_code(StaffId(1), code));
    assert_ne!(hash_of_code(StaffId(2), code), hash_of_code(StaffId(1), code));
    let (other, rest) = code.split_at(1);
    let other = if other == "A" { "B" } else { "A" };
    assert_ne!(hash_of_code(StaffId(1), &format!("{other}{rest}")), hash_of_code(StaffId(1), code));
}

/// Of the reference implementation's own tests (phc-winner-argon2, test.c), version 19, Argon2id, 64 MiB.
#[test]
fn a_password_that_another_program_kept_is_known() {
    let kept = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    assert!(matches(Some(kept), "password") && !matches(Some(kept), "Password"));
}

#[test]
fn a_password_is_kept_with_its_parameters_and_a_salt_of_its_own() {
    let typed = "بيت أزرق على الرصيف";
    let (one, other) = (hash(typed).expect("a hash"), hash(typed).expect("a hash"));
    assert_ne!(one, other);
    assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{one}");
    assert!(matches(Some(&one), typed) && matches(Some(&other), typed));
    // The same letters from two keyboards: alif with hamza in one sign, and in two.
    assert!(matches(Some(&hash("أكتب كل صباح").expect("a hash")), "ا\u{654}كتب كل صباح"));
    for wrong in ["", "بيت أزرق على الرصيف ", "x"] {
        assert!(!matches(Some(&one), wrong), "{wrong}");
    }
    assert!(!matches(None, typed) && !matches(Some(""), typed) && !matches(Some("$argon2id$v=19$m=1"), typed));
}

#[test]
fn passwords_are_long_no_names_and_not_guessed_soon_and_nothing_else_is_asked_of_them() {
    let of = |typed: &str| strong(typed, &["سلمى نعمان", "المرفأ"]);
    assert_eq!(of("بيت أزرق على الرصيف"), Ok(()));
    assert_eq!(of("correct horse"), Ok(()));
    assert_eq!(of("قصيرة"), Err(TooWeak::Short));
    assert_eq!(of(&"ب".repeat(30)), Err(TooWeak::Monotonous));
    assert_eq!(of(&"بيت أزرق ".repeat(60)), Err(TooWeak::Long));
    assert_eq!(of("سلمى نعمان12"), Err(TooWeak::Name));
    assert_eq!(of("سلمى نعمان تمشي إلى البحر"), Ok(()));
    for common in ["password1234", "Qwertyuiop123", "1q2w3e4r5t6y", "iloveyou2019", "19901990abcd"] {
        assert_eq!(of(common), Err(TooWeak::Common), "{common}");
    }
}
