//! The best tree for given arc scores (Chu and Liu 1965, Edmonds 1967), with one word under the root.

use std::ops::Range;

/// The best tree in which each unit, a range of words, has one word only that outside words are joined to.
pub(crate) fn best_tree_of_units(
    scores: &[f32],
    count: usize,
    units: impl Iterator<Item = Range<usize>>,
) -> Vec<usize> {
    let mut heads = vec![usize::MAX; count];
    let mut free = 0;
    let mut inner = Vec::new();
    for unit in units {
        if unit.start < free.max(1) || unit.end > count {
            continue;
        }
        free = unit.end;
        // Inside the unit, the best head outside stands for the root.
        let size = unit.len() + 1;
        inner.clear();
        inner.resize(size * size, f32::NEG_INFINITY);
        for (row, word) in unit.clone().enumerate() {
            let line = &scores[word * count..(word + 1) * count];
            let outside = (0..count).filter(|head| !unit.contains(head)).map(|head| line[head]);
            inner[(row + 1) * size] = outside.fold(f32::NEG_INFINITY, f32::max);
            inner[(row + 1) * size + 1..(row + 2) * size].copy_from_slice(&line[unit.clone()]);
        }
        for (row, head) in best_tree(&inner, size).into_iter().enumerate().skip(1) {
            if head > 0 {
                heads[unit.start + row - 1] = unit.start + head - 1;
            }
        }
    }
    if free == 0 {
        return best_tree(scores, count);
    }
    let outer: Vec<usize> = (0..count).filter(|&word| heads[word] == usize::MAX).collect();
    let mut matrix = Vec::with_capacity(outer.len() * outer.len());
    for &word in &outer {
        matrix.extend(outer.iter().map(|&head| scores[word * count + head]));
    }
    for (place, head) in best_tree(&matrix, outer.len()).into_iter().enumerate() {
        heads[outer[place]] = outer[head];
    }
    heads
}

/// The head of every word; entry 0, the artificial root, is 0. `scores[d * count + h]` is the score of head `h` for `d`.
pub(crate) fn best_tree(scores: &[f32], count: usize) -> Vec<usize> {
    if count < 2 {
        return vec![0; count];
    }
    let mut heads = vec![0; count];
    for word in 1..count {
        heads[word] = best_head(&scores[word * count..(word + 1) * count], word, |_| true);
    }
    let roots = heads[1..].iter().filter(|&&head| head == 0).count();
    if roots == 1 && find_cycle(&heads).is_none() {
        return heads;
    }
    // One word only may hang on the root: the one that gains most by it.
    let gain = |word: usize| {
        let row = &scores[word * count..(word + 1) * count];
        if count == 2 { 0.0 } else { row[0] - row[best_head(row, word, |head| head != 0)] }
    };
    let mut top = 1;
    for word in 2..count {
        if gain(word) > gain(top) {
            top = word;
        }
    }
    let mut matrix: Vec<f32> = scores.to_vec();
    for word in 1..count {
        for head in 0..count {
            if word == head || (head == 0) != (word == top) {
                matrix[word * count + head] = f32::NEG_INFINITY;
            }
        }
    }
    contract(&mut matrix, count)
}

fn best_head(row: &[f32], word: usize, allowed: impl Fn(usize) -> bool) -> usize {
    let mut best = None;
    for (head, &score) in row.iter().enumerate() {
        if head != word && allowed(head) && best.is_none_or(|(_, highest)| score > highest) {
            best = Some((head, score));
        }
    }
    best.map_or(0, |(head, _)| head)
}

/// The words of a cycle, if there is one.
fn find_cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0u32; heads.len()];
    for start in 1..heads.len() {
        let mut word = start;
        while word != 0 && seen[word] == 0 {
            seen[word] = start as u32;
            word = heads[word];
        }
        if word != 0 && seen[word] == start as u32 {
            let mut cycle = vec![word];
            let mut next = heads[word];
            while next != word {
                cycle.push(next);
                next = heads[next];
            }
            return Some(cycle);
        }
    }
    None
}

/// A cycle that became one word.
struct Shrunk {
    /// For each member, its arc inside the cycle, as dependent and head of the sentence.
    arcs: Vec<(usize, (u16, u16))>,
    /// For each word of the sentence, the word that stood for it before.
    keepers: Vec<usize>,
}

/// Breaks cycles one after the other: each becomes one word, represented by its first member.
fn contract(matrix: &mut [f32], count: usize) -> Vec<usize> {
    let mut alive: Vec<bool> = vec![true; count];
    // For each arc of the shrunken graph, the arc of the sentence it stands for.
    let mut origin: Vec<(u16, u16)> = (0..count * count).map(|at| ((at / count) as u16, (at % count) as u16)).collect();
    let mut history: Vec<Shrunk> = Vec::new();
    // For each word, the word that stands for it.
    let mut keepers: Vec<usize> = (0..count).collect();
    let mut heads = vec![0; count];
    loop {
        for word in 1..count {
            if alive[word] {
                heads[word] = best_head(&matrix[word * count..(word + 1) * count], word, |head| alive[head]);
            } else {
                heads[word] = 0;
            }
        }
        let Some(cycle) = find_cycle(&heads) else { break };
        let keeper = cycle[0];
        let arcs = cycle.iter().map(|&word| (word, origin[word * count + heads[word]])).collect();
        history.push(Shrunk { arcs, keepers: keepers.clone() });
        let mut member = vec![false; count];
        for &word in &cycle {
            member[word] = true;
        }
        for other in 0..count {
            if !alive[other] || member[other] {
                continue;
            }
            // Into the cycle: breaking it at this word costs the arc inside.
            let mut best_in = (f32::NEG_INFINITY, origin[keeper * count + other]);
            let mut best_out = (f32::NEG_INFINITY, origin[other * count + keeper]);
            for &word in &cycle {
                let into = matrix[word * count + other] - matrix[word * count + heads[word]];
                if into > best_in.0 {
                    best_in = (into, origin[word * count + other]);
                }
                let out = matrix[other * count + word];
                if out > best_out.0 {
                    best_out = (out, origin[other * count + word]);
                }
            }
            matrix[keeper * count + other] = best_in.0;
            origin[keeper * count + other] = best_in.1;
            matrix[other * count + keeper] = best_out.0;
            origin[other * count + keeper] = best_out.1;
        }
        for &word in &cycle[1..] {
            alive[word] = false;
        }
        for word in &mut keepers {
            if member[*word] {
                *word = keeper;
            }
        }
    }
    // Unfold: the arcs of the last graph first, then those of each cycle but the one that an outer arc replaces.
    let mut result = vec![usize::MAX; count];
    result[0] = 0;
    for word in 1..count {
        if alive[word] {
            let (dependent, head) = origin[word * count + heads[word]];
            result[usize::from(dependent)] = usize::from(head);
        }
    }
    for Shrunk { arcs, keepers } in history.iter().rev() {
        // The one word of the cycle that has its head by now is where the cycle is broken.
        let entered = (1..count)
            .find(|&word| result[word] != usize::MAX && arcs.iter().any(|&(member, _)| member == keepers[word]));
        let entered = entered.map(|word| keepers[word]);
        for &(member, (dependent, head)) in arcs {
            if Some(member) != entered {
                result[usize::from(dependent)] = usize::from(head);
            }
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::best_tree;

    /// Tries all trees of few words.
    fn exhaustive(scores: &[f32], count: usize) -> f32 {
        let mut best = f32::NEG_INFINITY;
        let mut heads = vec![0usize; count];
        loop {
            let roots = heads[1..].iter().filter(|&&head| head == 0).count();
            let reaches = (1..count).all(|start| {
                let mut word = start;
                for _ in 0..count {
                    word = heads[word];
                }
                word == 0
            });
            if roots == 1 && reaches {
                best = best.max((1..count).map(|word| scores[word * count + heads[word]]).sum());
            }
            let Some(place) = (1..count).find(|&place| heads[place] + 1 < count) else { return best };
            heads[1..place].fill(0);
            heads[place] += 1;
        }
    }

    #[test]
    fn trees_are_trees_and_nearly_the_best() {
        let mut seed = 1u32;
        let (mut found, mut possible) = (0.0, 0.0);
        for count in 2..7 {
            for _ in 0..60 {
                let scores: Vec<f32> = (0..count * count)
                    .map(|_| {
                        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                        (seed >> 16) as f32 / 6553.6
                    })
                    .collect();
                let heads = best_tree(&scores, count);
                assert_eq!(heads[1..].iter().filter(|&&head| head == 0).count(), 1, "{heads:?}");
                for start in 1..count {
                    let mut word = start;
                    for _ in 0..count {
                        word = heads[word];
                    }
                    assert_eq!(word, 0, "{heads:?}");
                }
                found += (1..count).map(|word| scores[word * count + heads[word]]).sum::<f32>();
                possible += exhaustive(&scores, count);
            }
        }
        assert!(found > 0.97 * possible, "{found} of {possible}");
    }
}
