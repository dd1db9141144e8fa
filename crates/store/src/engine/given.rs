//! Values as PostgreSQL takes and gives them.

use super::Value;
use std::error::Error;
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

impl ToSql for Value {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(n) if *kind == Type::INT4 => i32::try_from(*n)?.to_sql(kind, out),
            Self::Int(n) if *kind == Type::INT2 => i16::try_from(*n)?.to_sql(kind, out),
            Self::Int(n) if *kind == Type::INT8 => n.to_sql(kind, out),
            Self::Text(text) if <&str as ToSql>::accepts(kind) => text.as_str().to_sql(kind, out),
            Self::Bytes(bytes) if *kind == Type::BYTEA => bytes.to_sql(kind, out),
            other => Err(format!("{other:?} does not fit a column of type {kind}").into()),
        }
    }

    fn accepts(_kind: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl<'r> FromSql<'r> for Value {
    fn from_sql(kind: &Type, raw: &'r [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        match *kind {
            Type::INT8 => i64::from_sql(kind, raw).map(Self::Int),
            Type::INT4 => i32::from_sql(kind, raw).map(|n| Self::Int(n.into())),
            Type::INT2 => i16::from_sql(kind, raw).map(|n| Self::Int(n.into())),
            Type::BOOL => bool::from_sql(kind, raw).map(|yes| Self::Int(yes.into())),
            Type::BYTEA => Vec::<u8>::from_sql(kind, raw).map(Self::Bytes),
            Type::NUMERIC => whole_number(raw).map(Self::Int),
            _ => String::from_sql(kind, raw).map(Self::Text),
        }
    }

    fn from_sql_null(_kind: &Type) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self::Null)
    }

    fn accepts(kind: &Type) -> bool {
        let whole = [Type::INT8, Type::INT4, Type::INT2, Type::BOOL, Type::BYTEA, Type::NUMERIC];
        whole.contains(kind) || <String as FromSql>::accepts(kind)
    }
}

/// Sums of bigints come back as `numeric`: 16-bit count of digits, weight, sign and scale, then digits of base 10,000
/// (PostgreSQL's `numeric_send`).
fn whole_number(raw: &[u8]) -> Result<i64, Box<dyn Error + Sync + Send>> {
    let word = |at: usize| raw.get(at * 2..at * 2 + 2).map(|pair| i16::from_be_bytes([pair[0], pair[1]]));
    let header = || Some((word(0)?, word(1)?, word(2)?, word(3)?));
    let (digits, weight, sign, scale) = header().ok_or("a numeric that is cut short")?;
    if scale != 0 || !(sign == 0 || sign == 0x4000) {
        return Err("a numeric that is no whole number".into());
    }
    let mut n: i64 = 0;
    for place in 0..=weight {
        let digit =
            if place < digits { word(4 + usize::try_from(place)?).ok_or("a numeric that is cut short")? } else { 0 };
        n = n.checked_mul(10_000).and_then(|n| n.checked_add(digit.into())).ok_or("a numeric that is too large")?;
    }
    Ok(if sign == 0 { n } else { -n })
}
