//! Morphological features: a greedy tagger whose classes are sets of features.
//!
//! A set's score is the sum of the scores of its members and of the set itself, so that a rare set of frequent
//! features can still win.

use crate::{
    Features, Upos,
    lexeme::mix,
    linear::LinearModel,
    model::{ModelError, Reader, Writer},
    sink::Sink,
    tagger::Token,
};

/// Finds the features of tagged words.
#[derive(Debug)]
pub(crate) struct Morphology {
    pub(crate) inventory: Inventory,
    pub(crate) model: LinearModel,
}

/// Which sets of features there are, and with which tag each occurs.
#[derive(Debug, Default)]
pub(crate) struct Inventory {
    pub(crate) bundles: Vec<Features>,
    /// For each tag, the numbers of its sets, the most frequent first.
    pub(crate) by_tag: Vec<Vec<u16>>,
    /// For each set, the classes whose scores are added up.
    parts: Vec<Vec<u16>>,
    classes: usize,
    none: Features,
}

impl Inventory {
    pub(crate) fn new(bundles: Vec<Features>, by_tag: Vec<Vec<u16>>) -> Self {
        let mut atoms: Vec<&str> = bundles.iter().flat_map(|bundle| bundle.as_str().split('|')).collect();
        atoms.sort_unstable();
        atoms.dedup();
        let atom = |text: &str| (bundles.len() + atoms.binary_search(&text).unwrap_or(0)) as u16;
        let parts = bundles
            .iter()
            .enumerate()
            .map(|(number, bundle)| {
                std::iter::once(number as u16).chain(bundle.as_str().split('|').map(atom)).collect()
            })
            .collect();
        let classes = bundles.len() + atoms.len();
        Self { bundles, by_tag, parts, classes, none: Features::default() }
    }

    pub(crate) fn classes(&self) -> usize {
        self.classes
    }

    pub(crate) fn parts(&self, bundle: u16) -> &[u16] {
        &self.parts[usize::from(bundle)]
    }

    /// The best set for the tag; `None` when the tag was never seen.
    pub(crate) fn best<S: Copy + PartialOrd + std::iter::Sum<S>>(&self, tag: Upos, scores: &[S]) -> Option<u16> {
        let candidates = &self.by_tag[tag.index()];
        let score = |bundle: u16| self.parts(bundle).iter().map(|&part| scores[usize::from(part)]).sum::<S>();
        let mut best = *candidates.first()?;
        let mut highest = score(best);
        for &candidate in &candidates[1..] {
            let found = score(candidate);
            if found > highest {
                (best, highest) = (candidate, found);
            }
        }
        Some(best)
    }

    pub(crate) fn write(&self, writer: &mut Writer) {
        writer.number(self.bundles.len() as u32);
        for bundle in &self.bundles {
            writer.text(bundle.as_str());
        }
        for list in &self.by_tag {
            writer.number(list.len() as u32);
            for &bundle in list {
                writer.number(u32::from(bundle));
            }
        }
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let count = reader.number()? as usize;
        if count > reader.remaining() {
            return Err(ModelError::Damaged);
        }
        let mut bundles = Vec::with_capacity(count);
        for _ in 0..count {
            bundles.push(Features::new(reader.text()?));
        }
        let mut by_tag = Vec::new();
        for _ in Upos::ALL {
            let length = reader.number()? as usize;
            if length > count {
                return Err(ModelError::Damaged);
            }
            let mut list = Vec::with_capacity(length);
            for _ in 0..length {
                let bundle = reader.number()?;
                if bundle as usize >= count {
                    return Err(ModelError::Damaged);
                }
                list.push(bundle as u16);
            }
            by_tag.push(list);
        }
        Ok(Self::new(bundles, by_tag))
    }
}

/// The number that stands for "no features known".
pub(crate) const NO_BUNDLE: u16 = u16::MAX;

impl Morphology {
    pub(crate) fn analyse(
        &self,
        tokens: &[Token],
        tags: &[Upos],
        bundles: &mut Vec<u16>,
        features: &mut Vec<u32>,
        scores: &mut Vec<i32>,
    ) {
        bundles.clear();
        for (index, &tag) in tags.iter().enumerate() {
            let candidates = &self.inventory.by_tag[tag.index()];
            if candidates.len() < 2 {
                bundles.push(candidates.first().copied().unwrap_or(NO_BUNDLE));
                continue;
            }
            morph_features(tokens, tags, bundles, index, features);
            self.model.score(features, scores);
            bundles.push(self.inventory.best(tag, scores).unwrap_or(NO_BUNDLE));
        }
    }

    pub(crate) fn bundle(&self, number: u16) -> Features {
        self.inventory.bundles.get(usize::from(number)).unwrap_or(&self.inventory.none).clone()
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let inventory = Inventory::read(reader)?;
        let model = LinearModel::read(reader)?;
        if model.classes() != inventory.classes() {
            return Err(ModelError::Damaged);
        }
        Ok(Self { inventory, model })
    }
}

/// The features of the set at `index`, given all tags and the sets before it.
pub(crate) fn morph_features(tokens: &[Token], tags: &[Upos], bundles: &[u16], index: usize, out: &mut Vec<u32>) {
    let lower = |offset: isize| {
        index.checked_add_signed(offset).and_then(|place| tokens.get(place)).map_or(1, |token| token.lexeme.lower)
    };
    let suffix = |offset: isize, length: usize| {
        index
            .checked_add_signed(offset)
            .and_then(|place| tokens.get(place))
            .map_or(1, |token| token.lexeme.suffix[length - 1])
    };
    let tag = |offset: isize| {
        index.checked_add_signed(offset).and_then(|place| tags.get(place)).map_or(20, |&tag| tag as u32)
    };
    let set =
        |back: usize| index.checked_sub(back).map_or(1, |place| mix(u32::from(bundles[place]), tags[place] as u32));
    // The last preposition or determiner tells case, gender and number of what follows.
    let guide = (1..=4)
        .map_while(|back| index.checked_sub(back))
        .find(|&place| matches!(tags[place], Upos::Adp | Upos::Det | Upos::Verb | Upos::Num | Upos::Aux));
    let guide = guide.map_or(1, |place| mix(tokens[place].lexeme.lower, u32::from(bundles[place])));
    let own = tag(0);
    let lex = &tokens[index].lexeme;
    let mut sink = Sink::new(out);
    sink.one(own);
    sink.two(own, lex.lower);
    for length in 0..5 {
        sink.two(own, lex.suffix[length]);
    }
    sink.one(lex.suffix[1]);
    sink.one(lex.suffix[2]);
    sink.two(own, lex.prefix[1]);
    sink.two(own, lex.prefix[2]);
    sink.two(own, u32::from(lex.flags));
    sink.two(own, lex.shape);
    sink.two(own, set(1));
    sink.three(own, set(1), lex.suffix[1]);
    sink.three(own, set(1), lex.suffix[2]);
    sink.three(own, set(1), lex.lower);
    sink.three(own, set(2), set(1));
    sink.two(own, set(2));
    sink.three(own, set(2), lex.suffix[1]);
    sink.two(own, guide);
    sink.three(own, guide, lex.suffix[1]);
    sink.three(own, guide, lex.suffix[0]);
    sink.two(own, lower(-1));
    sink.three(own, lower(-1), lex.suffix[1]);
    sink.three(own, lower(-1), lex.lower);
    sink.two(own, lower(-2));
    sink.two(own, lower(1));
    sink.three(own, lower(1), lex.suffix[1]);
    sink.three(own, tag(1), suffix(1, 2));
    sink.four(own, tag(1), suffix(1, 2), lex.suffix[1]);
    sink.three(own, tag(-1), suffix(-1, 2));
    sink.four(own, tag(-1), suffix(-1, 2), lex.suffix[1]);
    sink.three(own, tag(-1), tag(1));
    sink.three(own, tag(1), tag(2));
    sink.three(own, tag(-2), tag(-1));
    sink.three(own, tag(1), lex.suffix[2]);
    sink.three(own, tag(2), suffix(2, 2));
}
