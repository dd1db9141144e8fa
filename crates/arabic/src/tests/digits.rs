use crate::digits::{Digits, number, to_western, write};

#[test]
fn every_set_is_read_and_every_set_is_written() {
    let mixed = "٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹ 0123456789 ١٫٥ 25نوفمبر";
    assert_eq!(to_western(mixed), "0123456789 0123456789 0123456789 1٫5 25نوفمبر");
    assert_eq!(write(mixed, Digits::Eastern), "٠١٢٣٤٥٦٧٨٩ ٠١٢٣٤٥٦٧٨٩ ٠١٢٣٤٥٦٧٨٩ ١٫٥ ٢٥نوفمبر");
    assert_eq!(write("90", Digits::Persian), "۹۰");
}

#[test]
fn thousands_are_parted() {
    for (n, western, eastern) in [
        (0, "0", "٠"),
        (999, "999", "٩٩٩"),
        (1234, "1,234", "١٬٢٣٤"),
        (1_000_000, "1,000,000", "١٬٠٠٠٬٠٠٠"),
        (u64::MAX, "18,446,744,073,709,551,615", "١٨٬٤٤٦٬٧٤٤٬٠٧٣٬٧٠٩٬٥٥١٬٦١٥"),
    ] {
        assert_eq!(number(n, Digits::Western), western);
        assert_eq!(number(n, Digits::Eastern), eastern);
    }
    assert_eq!(number(1234, Digits::Persian), "۱٬۲۳۴");
}
