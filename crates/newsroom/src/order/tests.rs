//! What an order has to say, and what its document is.

use super::{NewOrder, OrderKind, OrderProblem, due_at, later, media_type};
use jiff::{SignedDuration, Timestamp};

fn order() -> NewOrder {
    NewOrder {
        kind: OrderKind::TerroristContent,
        authority: "هيئة متخيلة".into(),
        contact: "desk@authority.example".into(),
        country: "DE".into(),
        reference: "A-1".into(),
        received_at: Timestamp::UNIX_EPOCH,
        silent_until: None,
    }
}

#[test]
fn an_order_says_whose_it_is_from_where_and_when_it_came() {
    let now = Timestamp::UNIX_EPOCH;
    assert!(order().checked(now).is_ok());
    let wrong = |change: fn(&mut NewOrder)| {
        let mut order = order();
        change(&mut order);
        order.checked(Timestamp::UNIX_EPOCH).expect_err("a problem")
    };
    assert_eq!(wrong(|order| order.authority.clear()), OrderProblem::NoAuthority);
    assert_eq!(wrong(|order| order.country = "de".into()), OrderProblem::NoCountry);
    assert_eq!(wrong(|order| order.reference = "1".repeat(301)), OrderProblem::TooLong);
    assert_eq!(wrong(|order| order.received_at = due_at(Timestamp::UNIX_EPOCH)), OrderProblem::NotThen);
    let seven_weeks = later(now, SignedDuration::from_hours(49 * 24));
    let silent = NewOrder { silent_until: Some(seven_weeks), ..order() };
    assert_eq!(silent.checked(now), Err(OrderProblem::TooSilent));
    let six_weeks = later(now, SignedDuration::from_hours(42 * 24));
    assert!(NewOrder { silent_until: Some(six_weeks), ..order() }.checked(now).is_ok());
}

#[test]
fn a_document_is_known_by_its_bytes() {
    let known: [(&[u8], Option<&str>); 6] = [
        (b"%PDF-1.7\n...", Some("application/pdf")),
        (b"\x89PNG\r\n\x1a\n...", Some("image/png")),
        (b"\xff\xd8\xff\xe0", Some("image/jpeg")),
        ("أمر بالإزالة".as_bytes(), Some("text/plain")),
        (b"MZ\x90\x00", None),
        (b"", None),
    ];
    for (bytes, is) in known {
        assert_eq!(media_type(bytes), is, "{bytes:?}");
    }
}
