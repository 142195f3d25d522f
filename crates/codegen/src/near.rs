//! Suggestions for misspelt names.

/// Returns up to three candidates with the smallest edit distance to `wanted`.
pub(crate) fn near<'c>(wanted: &str, candidates: impl Iterator<Item = &'c str>) -> Vec<&'c str> {
    nearest(wanted, candidates.collect())
}

fn nearest<'c>(wanted: &str, candidates: Vec<&'c str>) -> Vec<&'c str> {
    let wanted: Vec<char> = wanted.chars().collect();
    let most = (wanted.len() / 3).max(2);
    let mut near: Vec<(usize, &str)> = candidates
        .into_iter()
        .filter(|candidate| candidate.chars().count().abs_diff(wanted.len()) <= most)
        .map(|candidate| (distance(&wanted, candidate), candidate))
        .filter(|(distance, _)| *distance <= most)
        .collect();
    near.sort_unstable();
    near.dedup();
    let best = near.first().map_or(0, |(distance, _)| *distance);
    near.into_iter()
        .take_while(|(distance, _)| *distance == best)
        .take(3)
        .map(|(_, candidate)| candidate)
        .collect()
}

/// Returns the Levenshtein distance, ignoring case.
pub(crate) fn distance(left: &[char], right: &str) -> usize {
    let same = |a: char, b: char| a == b || a.to_lowercase().eq(b.to_lowercase());
    let mut row: Vec<usize> = (0..=left.len()).collect();
    for (index, character) in right.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], index + 1);
        for (column, other) in left.iter().enumerate() {
            let replaced = diagonal + usize::from(!same(character, *other));
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[left.len()]
}

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn closest_names_are_suggested() {
        let names = ["MeterMoved", "MeterMovedBuilder", "meter", "Metre", "Other"];
        assert_eq!(near("Meter", names.into_iter()), ["meter"]);
        assert_eq!(near("Mette", names.into_iter()), ["Metre"]);
        assert_eq!(near("MeterMove", names.into_iter()), ["MeterMoved"]);
        assert!(near("Tariff", names.into_iter()).is_empty());
    }
}
