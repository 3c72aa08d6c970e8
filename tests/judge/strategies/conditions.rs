//! Conditions over dimensions.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::features::Feature;
use crate::judge::dimension::{Condition, Dimension};

pub fn dimension() -> impl Strategy<Value = Dimension> + Clone {
    prop_oneof![
        6 => select(vec![Dimension::Channel, Dimension::Device, Dimension::Buyer, Dimension::Country, Dimension::Tier, Dimension::Found]),
        Feature::Bands.weight() / 2 => Just(Dimension::Band),
    ]
}

pub fn dimensions() -> impl Strategy<Value = Vec<Dimension>> + Clone {
    subsequence(Dimension::ALL.to_vec(), 0..3)
}

pub fn condition() -> impl Strategy<Value = Condition> + Clone {
    let values = || prop::collection::vec(0..4u8, 1..3);
    let leaf = prop_oneof![
        (dimension(), 0..4u8).prop_map(|(d, v)| Condition::Is(d, v)),
        (dimension(), 0..4u8).prop_map(|(d, v)| Condition::IsNot(d, v)),
        (dimension(), values()).prop_map(|(d, v)| Condition::In(d, v)),
        (dimension(), values()).prop_map(|(d, v)| Condition::NotIn(d, v)),
        dimension().prop_map(Condition::IsNull),
        (dimension(), 0..4u8).prop_map(|(d, v)| Condition::Less(d, v)),
    ];
    leaf.prop_recursive(3, 8, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|a| Condition::Not(Box::new(a))),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| Condition::And(Box::new(a), Box::new(b))),
            (inner.clone(), inner).prop_map(|(a, b)| Condition::Or(Box::new(a), Box::new(b))),
        ]
    })
}
