//! How much speaks for each entity that a name may mean.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, HashMap};

use relata_gazetteer::{Gazetteer, folded};
use relata_model::{
    Candidate, Document, Entity, EntityId, EntityType, Mention, NameKind, Ranked, Reason, Schema, Sentence, Span,
    WhyLinked,
};

use super::expected::{self, Expected, Kind};
use super::prior;
use super::{Knowledge, LinkingWords, Own};
use crate::relate::Lexicon;

/// A candidate with all that speaks for it.
#[derive(Clone, Debug)]
pub(super) struct Scored<'m> {
    pub(super) candidate: &'m Candidate,
    pub(super) points: BTreeMap<Reason, i32>,
}

impl Scored<'_> {
    pub(super) fn total(&self) -> i32 {
        self.points.values().sum()
    }

    /// Whether there is what a name needs that proves nothing alone: a full name, words or entities near it.
    pub(super) fn is_proved(&self) -> bool {
        const PROOFS: [Reason; 5] =
            [Reason::FullName, Reason::WordsNear, Reason::WordsInDocument, Reason::Related, Reason::OneSense];
        PROOFS.iter().any(|reason| self.points.contains_key(reason))
    }

    /// What puts it ahead of another, or speaks for it most where there is no other.
    pub(super) fn why(&self, next: Option<&Self>) -> WhyLinked {
        let ahead = |reason: Reason, points: i32| {
            points - next.and_then(|next| next.points.get(&reason)).copied().unwrap_or_default()
        };
        let lacking =
            next.into_iter().flat_map(|next| &next.points).filter(|(reason, _)| !self.points.contains_key(reason));
        let own = self.points.iter().map(|(&reason, &points)| (reason, ahead(reason, points)));
        let most = own.chain(lacking.map(|(&reason, &points)| (reason, -points)));
        let most =
            most.filter(|(_, ahead)| *ahead > 0).max_by_key(|&(reason, ahead)| (ahead, std::cmp::Reverse(reason)));
        match most.map(|(reason, _)| reason) {
            Some(Reason::FullName) => WhyLinked::FullNameInDocument,
            Some(Reason::Type) => WhyLinked::Type,
            Some(Reason::Related | Reason::Country) => WhyLinked::RelatedEntities,
            Some(Reason::OneSense) => WhyLinked::OneSense,
            Some(Reason::Dates) => WhyLinked::Dates,
            Some(Reason::Prior | Reason::BetterKnown | Reason::OlderItem) => WhyLinked::Prior,
            Some(Reason::Kind | Reason::Language | Reason::Priority) => WhyLinked::Name,
            Some(Reason::OwnGazetteer) => WhyLinked::OwnGazetteer,
            Some(Reason::WordsNear | Reason::WordsInDocument) | None => WhyLinked::Context,
        }
    }

    pub(super) fn ranked(&self) -> Ranked {
        Ranked { entity: self.candidate.entity.clone(), points: self.points.clone() }
    }
}

/// What the document itself has made clear, before names of several entities are looked at, or looked at again.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    /// Where each entity is named beyond doubt.
    pub(super) anchors: BTreeMap<EntityId, Anchor>,
    /// What a name of several entities means elsewhere in the document: by those entities, in order. `None` where it means
    /// two of them.
    pub(super) senses: BTreeMap<Vec<EntityId>, Option<EntityId>>,
}

/// Where an entity is named beyond doubt.
#[derive(Clone, Debug, Default)]
pub(super) struct Anchor {
    /// First bytes, in order.
    pub(super) starts: Vec<usize>,
    /// Whether one of them is a proper name of several words: "Jules Ferry", but not "bataille de Sedan".
    pub(super) full: bool,
}

/// Scores the candidates of one document's mentions.
pub(super) struct Scorer<'d> {
    document: &'d Document,
    sentences: &'d [Sentence],
    gazetteer: &'d Gazetteer,
    schema: &'d Schema,
    known: &'d Known,
    lexicon: Option<&'d Lexicon>,
    pub(super) words: &'d LinkingWords,
    /// The entities of the user's own gazetteers.
    own: &'d Own,
    /// Folded sentences, made when a candidate has context words.
    folded: OnceCell<Vec<String>>,
    /// Whether the context words of an entity stand anywhere in the document, as far as it was asked.
    in_document: RefCell<HashMap<&'d EntityId, bool>>,
    /// For each entity, how many anchors list it as related.
    backlinks: HashMap<&'d EntityId, usize>,
    /// For each country, how many anchors are of it.
    compatriots: HashMap<&'d EntityId, usize>,
    place: Option<EntityType>,
    person: Option<EntityType>,
    organization: Option<EntityType>,
    product: Option<EntityType>,
    concept: Option<EntityType>,
}

// A full name outweighs any one other reason; words near outweigh entities near, because a gazetteer lists them for this very
// name; what is meant more often decides where nothing in the text does, and the kind of name only between equals.
const FULL_NAME: i32 = 24;
const NAMED: i32 = 6;
const WORD_NEAR: i32 = 20;
const WORD_IN_DOCUMENT: i32 = 12;
const ONE_SENSE: i32 = 12;
const MORE_RELATED: i32 = 15;
const ONE_RELATED: i32 = 8;
const RELATED_IN_SENTENCE: i32 = 4;
const COUNTRY: i32 = 6;
const COUNTRY_IN_SENTENCE: i32 = 12;
const COMPATRIOTS: i32 = 4;
const OWN_LANGUAGE: i32 = 2;
const PRIORITY: i32 = 5;
const IN_OFFICE: i32 = 10;
const ALIVE: i32 = 4;
const GONE: i32 = -6;
/// Nobody is named before he is born.
pub(super) const NOT_YET: i32 = -40;

impl<'d> Scorer<'d> {
    pub(super) fn new(
        document: &'d Document,
        sentences: &'d [Sentence],
        knowledge: Knowledge<'d>,
        known: &'d Known,
        lexicon: Option<&'d Lexicon>,
        words: &'d LinkingWords,
    ) -> Self {
        let Knowledge { gazetteer, schema, own } = knowledge;
        let (mut backlinks, mut compatriots) = (HashMap::new(), HashMap::new());
        for entity in known.anchors.keys().filter_map(|id| gazetteer.entity(id)) {
            for related in &entity.related {
                *backlinks.entry(gazetteer.standing_for(related)).or_default() += 1;
            }
            if let Some(country) = &entity.country {
                *compatriots.entry(gazetteer.standing_for(country)).or_default() += 1;
            }
        }
        let named = |name| schema.entity_type(name).ok();

        Self {
            document,
            sentences,
            gazetteer,
            schema,
            known,
            lexicon,
            words,
            own,
            folded: OnceCell::new(),
            in_document: RefCell::default(),
            backlinks,
            compatriots,
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

    /// Whether the document is older than the entity.
    pub(super) fn is_not_yet(&self, entity: &EntityId) -> bool {
        self.gazetteer.entity(entity).is_some_and(|entity| self.dates(entity) <= NOT_YET)
    }

    /// What speaks for each candidate of a mention, the best first.
    pub(super) fn rank<'m>(&self, mention: &'m Mention) -> Vec<Scored<'m>> {
        let lexicon = self.lexicon;
        let sentence = self.sentence_of(mention.span);
        let expected = expected::around(self.document, mention.span, sentence, lexicon, self.words);
        let mut scored: Vec<Scored<'m>> = mention
            .candidates
            .iter()
            .map(|candidate| Scored { candidate, points: self.points(mention.span, candidate, &expected) })
            .collect();
        let mut senses: Vec<EntityId> = mention.candidates.iter().map(|one| one.entity.clone()).collect();
        senses.dedup();
        if let Some(Some(sense)) = self.known.senses.get(&senses)
            && let Some(scored) = scored.iter_mut().find(|scored| scored.candidate.entity == *sense)
        {
            scored.points.insert(Reason::OneSense, ONE_SENSE);
        }
        let entities: Vec<&Entity> = senses.iter().filter_map(|id| self.gazetteer.entity(id)).collect();
        give(&mut scored, prior::told(&entities));
        scored
    }

    /// Adds what tells that one of several is better known, where the gazetteer says nothing of how often each is meant.
    pub(super) fn add_renown(&self, scored: &mut [Scored<'_>]) {
        let entities: Vec<&Entity> =
            scored.iter().filter_map(|scored| self.gazetteer.entity(&scored.candidate.entity)).collect();
        for points in prior::renown(&entities) {
            give(scored, Some(points));
        }
    }

    /// What speaks for `candidate` at `span` by itself, without a look at the others.
    fn points(&self, span: Span, candidate: &Candidate, expected: &Expected) -> BTreeMap<Reason, i32> {
        let mut points = BTreeMap::new();
        let mut add = |reason: Reason, given: i32| {
            if given != 0 {
                points.insert(reason, given);
            }
        };
        add(
            Reason::Kind,
            match candidate.kind {
                NameKind::Label | NameKind::Demonym => 4,
                NameKind::Alias | NameKind::Acronym | NameKind::Role => 2,
                NameKind::Metonym => 0,
            },
        );
        add(Reason::Language, if candidate.own_language { OWN_LANGUAGE } else { 0 });
        add(Reason::Priority, i32::from(candidate.priority) * PRIORITY);
        let Some(entity) = self.gazetteer.entity(&candidate.entity) else { return points };
        let anchor = self.anchor(&entity.id);
        add(Reason::FullName, anchor.map_or(0, |anchor| if anchor.full { FULL_NAME } else { NAMED }));
        if let Some((reason, given)) = self.context(span, entity) {
            add(reason, given);
        }
        add(Reason::Related, self.related(span, entity));
        add(Reason::Country, self.country(span, entity));
        add(Reason::Type, self.type_points(entity, expected));
        add(Reason::Dates, self.dates(entity));
        points
    }

    fn context(&self, span: Span, entity: &'d Entity) -> Option<(Reason, i32)> {
        let words: Vec<&str> = entity
            .context
            .iter()
            .filter(|(language, _)| self.document.metadata.language.is_none_or(|of_text| of_text == *language))
            .map(|(_, word)| word.as_str())
            .collect();
        if words.is_empty() {
            return None;
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
            Some((Reason::WordsNear, WORD_NEAR))
        } else if self.in_document(entity, || stands_in(sentences)) {
            Some((Reason::WordsInDocument, WORD_IN_DOCUMENT))
        } else {
            None
        }
    }

    /// Where an entity is named beyond doubt, by its own id or that of another that was judged the same.
    fn anchor(&self, id: &EntityId) -> Option<&Anchor> {
        self.known.anchors.get(self.gazetteer.standing_for(id))
    }

    /// Whether a word of an entity's context stands anywhere in the document, asked for once.
    fn in_document(&self, entity: &'d Entity, ask: impl FnOnce() -> bool) -> bool {
        *self.in_document.borrow_mut().entry(&entity.id).or_insert_with(ask)
    }

    /// Whether an entity is named beyond doubt in the sentence of `span`.
    fn is_in_sentence(&self, span: Span, entity: &EntityId) -> bool {
        let (Some(sentence), Some(anchor)) = (self.sentence_of(span), self.anchor(entity)) else { return false };
        anchor.starts.iter().any(|start| sentence.span.range().contains(start))
    }

    fn related(&self, span: Span, entity: &Entity) -> i32 {
        let links = || entity.related.iter().chain(entity.roles.iter().map(|role| &role.organization));
        let anchored = links().filter(|id| self.anchor(id).is_some() && !self.is_place(id)).count();
        let backlinks = self.backlinks.get(&entity.id).copied().unwrap_or_default();
        let near = links().any(|id| !self.is_place(id) && self.is_in_sentence(span, id));
        let near = if near { RELATED_IN_SENTENCE } else { 0 };
        match anchored + backlinks {
            0 => 0,
            1 => ONE_RELATED + near,
            _ => MORE_RELATED + near,
        }
    }

    fn country(&self, span: Span, entity: &Entity) -> i32 {
        let Some(country) = &entity.country else { return 0 };
        let itself = usize::from(self.anchor(&entity.id).is_some());
        if self.is_in_sentence(span, country) {
            COUNTRY_IN_SENTENCE
        } else if self.anchor(country).is_some() {
            COUNTRY
        } else if self.compatriots.get(self.gazetteer.standing_for(country)).copied().unwrap_or_default() > itself {
            COMPATRIOTS
        } else {
            0
        }
    }

    fn type_points(&self, entity: &Entity, expected: &Expected) -> i32 {
        let of = |wider: Option<&EntityType>| wider.is_some_and(|wider| self.schema.is_a(&entity.entity_type, wider));
        let fits = |kind: Kind| match kind {
            Kind::Person => of(self.person.as_ref()),
            Kind::Organization => of(self.organization.as_ref()),
            Kind::Product => of(self.product.as_ref()),
            Kind::Place => of(self.place.as_ref()),
            Kind::Speaker => of(self.person.as_ref()) || of(self.organization.as_ref()),
        };
        match expected.kind {
            Some(kind) if fits(kind) => expected.fitting,
            Some(_) => expected.other,
            None => 0,
        }
    }

    fn dates(&self, entity: &Entity) -> i32 {
        let Some(date) = self.document.metadata.date else { return 0 };
        let period = entity.period;
        let not_yet = period.and_then(|period| period.from).is_some_and(|from| from.first_day() > date.last_day());
        let gone = period.and_then(|period| period.to).is_some_and(|to| to.last_day() < date.first_day());
        let in_office = || entity.roles.iter().any(|role| role.period.is_some_and(|period| period.may_contain(date)));
        match () {
            () if not_yet => NOT_YET,
            () if gone => GONE,
            () if in_office() => IN_OFFICE,
            () if period.is_some() => ALIVE,
            () => 0,
        }
    }
}

/// Gives points to an entity, and puts the best first.
fn give(scored: &mut [Scored<'_>], points: Option<(&EntityId, Reason, i32)>) {
    if let Some((entity, reason, points)) = points {
        for scored in scored.iter_mut().filter(|scored| scored.candidate.entity == *entity) {
            scored.points.insert(reason, points);
        }
    }
    scored.sort_by(|a, b| b.total().cmp(&a.total()).then_with(|| a.candidate.cmp(b.candidate)));
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
