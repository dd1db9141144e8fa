//! Roots, powers and logarithms, the same to the last bit on every machine: what is trained here is trained everywhere.

/// e to the power of `x`, to about 1 part in 10^13; 0 far below, very large far above, never infinite.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number between -1021 and 1022")]
pub(crate) fn exp(x: f64) -> f64 {
    let x = if x.is_nan() { 0.0 } else { x.clamp(-700.0, 700.0) };
    let scaled = x * core::f64::consts::LOG2_E;
    let whole = (scaled + if scaled < 0.0 { -0.5 } else { 0.5 }) as i64;
    let rest = x - whole as f64 * core::f64::consts::LN_2;
    let mut sum = 1.0;
    for step in (1..14).rev() {
        sum = 1.0 + sum * rest / f64::from(step);
    }
    sum * f64::from_bits(((whole + 1023) as u64) << 52)
}

/// The natural logarithm, to about 1 part in 10^13; of zero and below it is that of the smallest number.
#[expect(clippy::cast_possible_wrap, reason = "eleven bits")]
pub(crate) fn ln(x: f64) -> f64 {
    let x = if x > f64::MIN_POSITIVE { x.min(f64::MAX) } else { f64::MIN_POSITIVE };
    let bits = x.to_bits();
    let mut power = (bits >> 52) as i64 - 1023;
    let mut part = f64::from_bits((bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000);
    if part > core::f64::consts::SQRT_2 {
        part /= 2.0;
        power += 1;
    }
    let ratio = (part - 1.0) / (part + 1.0);
    let square = ratio * ratio;
    let mut sum = 0.0;
    for step in (0..12).rev() {
        sum = sum * square + 1.0 / f64::from(2 * step + 1);
    }
    2.0 * ratio * sum + power as f64 * core::f64::consts::LN_2
}

/// The square root; 0 for what is not above zero.
pub(crate) fn sqrt(x: f64) -> f64 {
    if !(x > 0.0 && x.is_finite()) {
        return 0.0;
    }
    let mut root = f64::from_bits((x.to_bits() >> 1) + (1023 << 51));
    for _ in 0..6 {
        root = 0.5 * (root + x / root);
    }
    root
}

/// The probability whose odds have that logarithm.
pub(crate) fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + exp(-x))
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::{exp, ln, sigmoid, sqrt};

    #[test]
    fn powers_roots_and_logarithms_agree_with_the_machine() {
        for step in -4_000..4_000_i32 {
            let x = f64::from(step) / 60.0;
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-12, "exp {x}");
            let y = x.exp();
            assert!((ln(y) - x).abs() < 1e-11, "ln {y}");
            assert!((sqrt(y) / y.sqrt() - 1.0).abs() < 1e-14, "sqrt {y}");
        }
    }

    #[test]
    fn what_is_out_of_range_stays_a_number() {
        for x in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.0, -1.0, f64::MAX, f64::MIN_POSITIVE / 4.0] {
            assert!(exp(x).is_finite() && ln(x).is_finite() && sqrt(x).is_finite() && sigmoid(x).is_finite(), "{x}");
        }
        assert_eq!((sqrt(0.0), sigmoid(0.0), exp(0.0), ln(1.0)), (0.0, 0.5, 1.0, 0.0));
    }
}
