//! The laws of the algebra, and what they come to for a few units.

use super::*;
use proptest::prelude::*;

fn scale() -> impl Strategy<Value = Scale> {
    prop_oneof![Just((0, 10)), Just((-100, 100)), Just((1, 5))]
        .prop_map(|(low, high): (i32, i32)| Scale { low: low.to_string(), high: high.to_string() })
}

fn currency() -> impl Strategy<Value = Currency> {
    let code =
        prop_oneof![Just("EUR"), Just("USD"), Just("JPY")].prop_map(|code| Currency::Code(code.into()));
    let of_row = prop_oneof![Just(Vec::new()), Just(vec!["fx".to_string()])]
        .prop_map(|path| Currency::OfRow { path, column: "currency".into() });
    prop_oneof![code, of_row]
}

/// Units that definitions can declare.
fn declared() -> impl Strategy<Value = UnitName> {
    prop_oneof![
        prop_oneof![Just("EUR"), Just("USD")].prop_map(|code| UnitName::Currency(code.into())),
        Just(UnitName::Percent),
        Just(UnitName::Ratio),
        Just(UnitName::Count),
        Just(UnitName::Duration),
        proptest::option::of(scale()).prop_map(UnitName::Score),
    ]
}

fn known() -> impl Strategy<Value = Unit> {
    let base = prop_oneof![declared().prop_map(|name| Unit::of(&name)), currency().prop_map(Unit::money)];
    base.prop_recursive(3, 8, 2, |unit| {
        prop_oneof![
            (unit.clone(), unit.clone()).prop_map(|(a, b)| a.times(&b)),
            (unit.clone(), unit.clone()).prop_map(|(a, b)| a.over(&b)),
            unit.prop_map(|unit| unit.times(&Unit::Free)),
        ]
    })
}

fn any_unit() -> impl Strategy<Value = Unit> {
    prop_oneof![6 => known(), 1 => Just(Unit::Unknown), 1 => Just(Unit::Free)]
}

/// What a number is of, however it is shown.
fn dimension(unit: &Unit) -> Option<(Vec<(Currency, i32)>, i32)> {
    match unit {
        Unit::Known(powers) => Some((powers.currencies.clone(), powers.seconds)),
        Unit::Unknown | Unit::Free => None,
    }
}

proptest! {
    #[test]
    fn sums_are_commutative(a in any_unit(), b in any_unit()) {
        prop_assert_eq!(a.with(&b), b.with(&a));
    }

    #[test]
    fn sums_are_associative_where_they_are_defined(a in any_unit(), b in any_unit(), c in any_unit()) {
        let (left, right) = (a.with(&b).and_then(|ab| ab.with(&c)), b.with(&c).and_then(|bc| a.with(&bc)));
        if let (Some(left), Some(right)) = (left, right) {
            prop_assert_eq!(left, right);
        }
    }

    #[test]
    fn a_unit_goes_with_itself(a in any_unit()) {
        prop_assert_eq!(a.with(&a), Some(a.clone()));
    }

    #[test]
    fn sums_are_of_one_dimension(a in known(), b in known()) {
        if let Some(sum) = a.with(&b) {
            prop_assert_eq!(dimension(&sum), dimension(&a));
            prop_assert_eq!(dimension(&a), dimension(&b));
        }
    }

    #[test]
    fn products_are_commutative_and_associative(a in any_unit(), b in any_unit(), c in any_unit()) {
        prop_assert_eq!(a.times(&b), b.times(&a));
        prop_assert_eq!(a.times(&b).times(&c), a.times(&b.times(&c)));
    }

    #[test]
    fn times_and_over_are_inverse(a in known(), b in known()) {
        prop_assert_eq!(dimension(&a.times(&b).over(&b)), dimension(&a));
        prop_assert_eq!(dimension(&a.over(&b).times(&b)), dimension(&a));
        prop_assert_eq!(dimension(&a.over(&b)), dimension(&a.times(&Unit::Free.over(&b))));
    }

    #[test]
    fn over_itself_is_a_plain_number(a in known()) {
        prop_assert!(a.over(&a).is_plain());
        prop_assert_eq!(a.over(&a), Unit::plain(Kind::Ratio));
    }

    #[test]
    fn sums_and_products_distribute(a in known(), b in known(), c in known()) {
        if let Some(sum) = a.with(&b) {
            let both = a.times(&c).with(&b.times(&c));
            prop_assert_eq!(both.as_ref().and_then(dimension), dimension(&sum.times(&c)));
        }
    }

    #[test]
    fn a_declared_unit_has_its_name_and_is_shown_as_itself(name in declared()) {
        let unit = Unit::of(&name);
        prop_assert!(unit.shows_as(&name));
        prop_assert_eq!(unit.name(), Some(name));
    }

    #[test]
    fn names_that_stay_change_nothing(a in any_unit()) {
        prop_assert_eq!(a.renamed(&Currency::clone), a);
    }

    #[test]
    fn scores_of_two_scales_never_meet(a in scale(), b in scale(), stretch in any::<(bool, bool)>()) {
        let of = |scale: &Scale, stretched| {
            let unit = Unit::of(&UnitName::Score(Some(scale.clone())));
            if stretched { unit.over(&Unit::Free) } else { unit }
        };
        prop_assert_eq!(of(&a, stretch.0).with(&of(&b, stretch.1)).is_some(), a == b);
        prop_assert!(of(&a, stretch.0).with(&Unit::plain(Kind::Score(None))).is_some());
    }
}

#[test]
fn money_over_count_is_money() {
    let eur = Unit::currency("EUR");
    assert_eq!(eur.over(&Unit::plain(Kind::Count)), eur);
    assert_eq!(eur.over(&eur), Unit::plain(Kind::Ratio));
    assert_eq!(eur.with(&Unit::currency("USD")), None);
    assert_eq!(Unit::plain(Kind::Count).with(&Unit::plain(Kind::Percent)), None);
    assert_eq!(Unit::plain(Kind::Count).with(&Unit::plain(Kind::Ratio)), Some(Unit::plain(Kind::Ratio)));
    assert_eq!(eur.with(&Unit::Free), Some(eur.clone()));
    assert_eq!(eur.times(&Unit::Unknown), Unit::Unknown);
}

#[test]
fn durations_add_and_divide() {
    let time = Unit::seconds();
    assert_eq!(time.with(&time), Some(time.clone()));
    assert!(time.over(&time).is_plain());
    assert!(time.over(&Unit::plain(Kind::Count)).shows_as(&UnitName::Duration));
}

#[test]
fn a_declared_unit_must_fit() {
    assert!(!Unit::currency("EUR").shows_as(&UnitName::Percent));
    assert!(Unit::plain(Kind::Ratio).shows_as(&UnitName::Percent));
    assert!(!Unit::plain(Kind::Count).shows_as(&UnitName::Percent));
    assert!(Unit::plain(Kind::Ratio).shows_as(&UnitName::Time(TimeUnit::Month)));
    assert!(Unit::Unknown.shows_as(&UnitName::Currency("EUR".into())));
}
