//! The order of releases.

/// How many digits a number in the name of a release has in its key.
const DIGITS: usize = 10;

/// The text by which releases of a scheme are ordered: that of a newer one is greater, byte by
/// byte. Numbers count as numbers, so that `29.10` is newer than `29.3`.
#[must_use]
pub fn release_order(name: &str) -> String {
    let mut order = String::with_capacity(name.len() + DIGITS);
    let mut digits = String::new();
    for sign in name.chars() {
        if sign.is_ascii_digit() {
            digits.push(sign);
        } else {
            push_number(&mut order, &mut digits);
            order.push(sign);
        }
    }
    push_number(&mut order, &mut digits);
    order
}

fn push_number(order: &mut String, digits: &mut String) {
    if !digits.is_empty() {
        let number = digits.trim_start_matches('0');
        let zeros = DIGITS.saturating_sub(number.len());
        order.extend(std::iter::repeat_n('0', zeros));
        order.push_str(number);
        digits.clear();
    }
}

/// Whether the release `name` of a scheme is newer than the other one.
#[must_use]
pub fn is_newer(name: &str, than: &str) -> bool {
    release_order(name) > release_order(than)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_count_as_numbers() {
        let mut releases = ["29.10", "v1.2.0", "9.0", "29.3", "v1.10.0", "2018", "29.03"];
        releases.sort_by_key(|name| release_order(name));
        let wanted = ["9.0", "29.3", "29.03", "29.10", "2018", "v1.2.0", "v1.10.0"];
        assert_eq!(releases, wanted);
        assert!(!is_newer("29.3", "29.3"));
        assert_eq!(release_order(""), "");
    }

    proptest! {
        #[test]
        fn the_order_of_numbers_is_that_of_their_keys(
            a in (0_u32.., 0_u32..),
            b in (0_u32.., 0_u32..),
        ) {
            let name = |(major, minor): (u32, u32)| format!("{major}.{minor}");
            let keys = release_order(&name(a)).cmp(&release_order(&name(b)));
            prop_assert_eq!(keys, a.cmp(&b));
        }
    }
}
