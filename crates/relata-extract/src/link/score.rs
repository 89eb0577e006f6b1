//! How much speaks for each entity that a name may mean.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};

use relata_gazetteer::{Gazetteer, folded};
use relata_model::{Candidate, Document, Entity, EntityId, EntityType, NameKind, Schema, Sentence, Span, WhyLinked};

use super::{Knowledge, LinkingWords, Own, words_before};
use crate::relate::Lexicon;

/// What speaks for a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Score {
    /// All of it.
    pub(super) total: i32,
    /// The part that a name which proves nothing alone needs: full name, words and entities near it, not its kind.
    pub(super) proof: i32,
    /// The heaviest reason.
    pub(super) why: WhyLinked,
}

/// Scores the candidates of one document's mentions.
pub(super) struct Scorer<'d> {
    document: &'d Document,
    sentences: &'d [Sentence],
    gazetteer: &'d Gazetteer,
    schema: &'d Schema,
    anchors: &'d BTreeMap<EntityId, usize>,
    lexicon: Option<&'d Lexicon>,
    pub(super) words: &'d LinkingWords,
    /// The entities of the user's own gazetteers.
    own: &'d Own,
    /// Folded sentences, made when a candidate has context words.
    folded: OnceCell<Vec<String>>,
    /// For each entity, how many anchors list it as related.
    backlinks: HashMap<&'d EntityId, usize>,
    place: Option<EntityType>,
    person: Option<EntityType>,
    organization: Option<EntityType>,
    product: Option<EntityType>,
    concept: Option<EntityType>,
}

// Tenths, so that sums stay whole. A full name outweighs any one other reason; words near outweigh entities near, because
// a gazetteer lists them for this very name; the kind of name decides only between equals.
const FULL_NAME: i32 = 30;
const WORD_NEAR: i32 = 20;
const WORD_IN_DOCUMENT: i32 = 12;
const MORE_RELATED: i32 = 15;
const ONE_RELATED: i32 = 8;
const COUNTRY: i32 = 6;
const TYPE_CUE: i32 = 15;
const KIND: [(NameKind, i32); 4] =
    [(NameKind::Label, 4), (NameKind::Demonym, 4), (NameKind::Alias, 2), (NameKind::Metonym, 0)];

impl<'d> Scorer<'d> {
    pub(super) fn new(
        document: &'d Document,
        sentences: &'d [Sentence],
        knowledge: Knowledge<'d>,
        anchors: &'d BTreeMap<EntityId, usize>,
        lexicon: Option<&'d Lexicon>,
        words: &'d LinkingWords,
    ) -> Self {
        let Knowledge { gazetteer, schema, own } = knowledge;
        let mut backlinks = HashMap::new();
        for related in anchors.keys().filter_map(|id| gazetteer.entity(id)).flat_map(|entity| &entity.related) {
            *backlinks.entry(gazetteer.standing_for(related)).or_default() += 1;
        }
        let named = |name| schema.entity_type(name).ok();

        Self {
            document,
            sentences,
            gazetteer,
            schema,
            anchors,
            lexicon,
            words,
            own,
            folded: OnceCell::new(),
            backlinks,
            place: named("Place"),
            person: named("Person"),
            organization: named("Organization"),
            product: named("Product"),
            concept: named("Concept"),
        }
    }

    pub(super) fn sentence_of(&self, span: Span) -> Option<&'d Sentence> {
        let after = self.sentences.partition_point(|sentence| sentence.span.start() <= span.start());
        self.sentences[..after].last()
    }

    /// Whether the user's own gazetteers list it.
    pub(super) fn is_own(&self, entity: &EntityId) -> bool {
        self.own.has(entity, self.gazetteer)
    }

    pub(super) fn is_place(&self, entity: &EntityId) -> bool {
        self.is_a(entity, self.place.as_ref())
    }

    pub(super) fn is_concept(&self, entity: &EntityId) -> bool {
        self.is_a(entity, self.concept.as_ref())
    }

    fn is_a(&self, entity: &EntityId, wider: Option<&EntityType>) -> bool {
        let known = self.gazetteer.entity(entity).zip(wider);
        known.is_some_and(|(entity, wider)| self.schema.is_a(&entity.entity_type, wider))
    }

    /// What speaks for `candidate` at `span`.
    pub(super) fn score(&self, span: Span, candidate: &Candidate) -> Score {
        let base = KIND.iter().find(|(kind, _)| *kind == candidate.kind).map_or(0, |&(_, base)| base);
        let Some(entity) = self.gazetteer.entity(&candidate.entity) else {
            return Score { total: base, proof: 0, why: WhyLinked::Context };
        };
        let full_name = if self.anchors.contains_key(&entity.id) { FULL_NAME } else { 0 };
        let words = self.context(span, entity);
        let related = self.related(entity);
        let country = entity.country.as_ref().map_or(0, |country| if self.is_anchor(country) { COUNTRY } else { 0 });
        let cue = self.type_cue(span, entity);
        let reasons = [
            (full_name, WhyLinked::FullNameInDocument),
            (words.max(cue), WhyLinked::Context),
            (related.max(country), WhyLinked::RelatedEntities),
        ];
        let why = reasons.into_iter().max_by_key(|&(weight, _)| weight).map_or(WhyLinked::Context, |(_, why)| why);
        let proof = full_name + words + related;
        Score { total: base + proof + country + cue, proof, why }
    }

    fn context(&self, span: Span, entity: &Entity) -> i32 {
        let words: Vec<&str> = entity
            .context
            .iter()
            .filter(|(language, _)| self.document.metadata.language.is_none_or(|of_text| of_text == *language))
            .map(|(_, word)| word.as_str())
            .collect();
        if words.is_empty() {
            return 0;
        }
        let sentences = self.folded.get_or_init(|| {
            self.sentences
                .iter()
                .map(|sentence| format!(" {} ", spaced(sentence.span.of(&self.document.text))))
                .collect()
        });
        let after = self.sentences.partition_point(|sentence| sentence.span.start() <= span.start());
        let near = after.saturating_sub(2)..(after + 1).min(sentences.len());
        let stands_in = |sentences: &[String]| {
            words.iter().any(|word| {
                let word = spaced(word);
                // A word of five letters or more may have an ending: "modèle", "modèles".
                let needle = if word.chars().count() >= 5 { format!(" {word}") } else { format!(" {word} ") };
                sentences.iter().any(|sentence| sentence.contains(&needle))
            })
        };
        if stands_in(&sentences[near]) {
            WORD_NEAR
        } else if stands_in(sentences) {
            WORD_IN_DOCUMENT
        } else {
            0
        }
    }

    fn is_anchor(&self, id: &EntityId) -> bool {
        self.anchors.contains_key(self.gazetteer.standing_for(id))
    }

    fn related(&self, entity: &Entity) -> i32 {
        let links = entity.related.iter().chain(entity.roles.iter().map(|role| &role.organization));
        let anchored = links.filter(|id| self.is_anchor(id) && !self.is_place(id)).count();
        let backlinks = self.backlinks.get(&entity.id).copied().unwrap_or_default();
        match anchored + backlinks {
            0 => 0,
            1 => ONE_RELATED,
            _ => MORE_RELATED,
        }
    }

    /// The word before a name often tells its type: "le président X", "la société X", "la ville de X".
    fn type_cue(&self, span: Span, entity: &Entity) -> i32 {
        let (Some(lexicon), Some(sentence)) = (self.lexicon, self.sentence_of(span)) else { return 0 };
        let before = &self.document.text[sentence.span.start()..span.start().max(sentence.span.start())];
        let mut words = words_before(before, before.len()).map(str::to_lowercase);
        let Some(last) = words.next() else { return 0 };
        let of = |wider: Option<&EntityType>| wider.is_some_and(|wider| self.schema.is_a(&entity.entity_type, wider));
        let is_role = || {
            lexicon
                .posts
                .titles()
                .chain(lexicon.posts.phrases().map(|(phrase, _)| phrase))
                .any(|phrase| phrase.rsplit(' ').next() == Some(&last))
        };
        if self.words.organization_nouns.contains(&last) {
            if of(self.organization.as_ref()) { TYPE_CUE } else { -TYPE_CUE }
        } else if self.words.product_nouns.contains(&last) {
            if of(self.product.as_ref()) { TYPE_CUE } else { -TYPE_CUE }
        } else if is_role() {
            if of(self.person.as_ref()) { TYPE_CUE } else { 0 }
        } else {
            0
        }
    }
}

/// Folded words with one space between them.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out += &folded(word);
    }
    out
}
