//! Descriptions that mean one person by a post: "le président chinois", "le PDG de Sberbank", "президент России".
//!
//! Who is meant is what the document itself says beside a name ("le président chinois Xi Jinping"), else what the
//! gazetteer's dated roles say for the document's date. And superlative appositions: "la Sberbank, la plus grande banque du
//! pays".

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use relata_gazetteer::{Gazetteer, folded};
use relata_model::{
    Document, EntityId, EntityType, Language, LinkedMention, MentionForm, Period, PostId, Schema, Sentence, Span,
    WhyLinked,
};

use super::{LinkingWords, insert_all, overlapping};
use crate::expression::Expression;
use crate::relate::Lexicon;

/// The words for posts of one language, ready to be found beside a name.
#[derive(Debug)]
pub struct Descriptions {
    /// The folded words of each phrase and its post; phrases of more words first.
    posts: Vec<(Vec<String>, PostId)>,
    /// Which phrases have a last word that begins so, and which a first; in the order of `posts`.
    by_last: HashMap<String, Vec<usize>>,
    by_first: HashMap<String, Vec<usize>>,
    superlative: Expression,
    /// What ties a post to its organization, where a text ends: " de la ".
    tie: Expression,
    /// A definite article where a text ends.
    definite: Expression,
    /// "ancien" where a text ends.
    former: Expression,
    words: LinkingWords,
    /// Russian nouns have cases, and no articles: any such words may describe.
    declines: bool,
}

impl Descriptions {
    /// Prepares the words of `lexicon`.
    pub fn new(lexicon: &Lexicon, words: LinkingWords) -> Self {
        let list = |words: &[String]| {
            let words: Vec<String> = words.iter().map(|word| regex::escape(word).replace('\'', "['’]")).collect();
            if words.is_empty() { "[^\\s\\S]".to_owned() } else { words.join("|") }
        };
        let (superlatives, articles) = (list(&words.superlative), list(&words.definite));
        let build = |source: String| Expression::new(format!("(?i){source}"));
        let posts = lexicon
            .posts
            .phrases()
            .filter_map(|(phrase, post)| Some((split(phrase).map(|(_, word)| word).collect(), post?)));
        let mut posts: Vec<(Vec<String>, PostId)> = posts.collect();
        posts.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        let mut by_last: HashMap<String, Vec<usize>> = HashMap::new();
        let mut by_first: HashMap<String, Vec<usize>> = HashMap::new();
        for (number, (phrase, _)) in posts.iter().enumerate() {
            if let [first, .., last] | [first @ last] = &phrase[..] {
                by_last.entry(beginning(last)).or_default().push(number);
                by_first.entry(beginning(first)).or_default().push(number);
            }
        }
        let superlative = format!(
            r"^,[\s\u{{A0}}]+(?:{articles})[\s\u{{A0}}]*(?P<what>(?:{superlatives})[\s\u{{A0}}](?-i:[^,;:.!?()\n«»]){{3,80}})[,.;]"
        );
        Self {
            superlative: build(superlative),
            tie: build(format!(r"[\s\u{{A0}}](?P<tie>(?:{})[\s\u{{A0}}]*)$", list(&words.of_the))),
            definite: build(format!(r"(?:^|(?-i:[^\p{{L}}]))(?:{articles})[\s\u{{A0}}]*$")),
            former: build(format!(r"(?:^|(?-i:[^\p{{L}}]))(?:{})[\s\u{{A0}}-]*$", list(&words.former))),
            posts,
            by_last,
            by_first,
            words,
            declines: lexicon.language == Language::RUSSIAN,
        }
    }

    pub(super) fn words(&self) -> &LinkingWords {
        &self.words
    }

    /// The post whose words end `text`, and the byte at which they begin.
    fn post_at_end(&self, text: &str) -> Option<(&PostId, usize)> {
        let offset = text.floor_char_boundary(text.len().saturating_sub(200));
        let words: Vec<(Range<usize>, String)> = split(&text[offset..]).collect();
        let (_, last) = words.last()?;
        self.by_last.get(&beginning(last))?.iter().find_map(|&number| {
            let (phrase, post) = &self.posts[number];
            let first = words.len().checked_sub(phrase.len())?;
            self.alike(phrase, &words[first..]).then(|| (post, offset + words[first].0.start))
        })
    }

    /// The post whose words begin `text`, and the byte at which they end.
    fn post_at_start(&self, text: &str) -> Option<(&PostId, usize)> {
        let words: Vec<(Range<usize>, String)> = split(&text[..text.floor_char_boundary(200)]).take(8).collect();
        let (_, first) = words.first()?;
        self.by_first.get(&beginning(first))?.iter().find_map(|&number| {
            let (phrase, post) = &self.posts[number];
            let words = words.get(..phrase.len())?;
            self.alike(phrase, words).then(|| (post, words[words.len() - 1].0.end))
        })
    }

    fn alike(&self, phrase: &[String], words: &[(Range<usize>, String)]) -> bool {
        phrase
            .iter()
            .zip(words)
            .all(|(listed, (_, word))| listed == word || (self.declines && is_case_of(listed, word)))
    }
}

/// The first letters of a word, which its cases share.
fn beginning(word: &str) -> String {
    word.chars().take(3).collect()
}

/// Whether a Russian word may be a listed one in another case: the same beginning, not much longer.
pub(super) fn is_case_of(listed: &str, word: &str) -> bool {
    const ENDING: usize = 3;
    let letters = listed.chars().count();
    let kept = if letters > 5 { letters - 2 } else { letters.saturating_sub(1).max(2) };
    let beginning: String = listed.chars().take(kept).collect();
    word.starts_with(&beginning) && word.chars().count() <= letters + ENDING
}

/// The words of a text, folded, with straight apostrophes, and where they stand. Marks that cling to a word keep it from being one
/// of a post's.
fn split(text: &str) -> impl Iterator<Item = (Range<usize>, String)> {
    let mut end = 0;
    text.split_whitespace().flat_map(move |word| {
        let start = end + text[end..].find(word).unwrap_or_default();
        end = start + word.len();
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'));
        let first = (start..start + bare.len(), folded(&bare.replace('’', "'")));
        // A mark ends a phrase: what stands behind it is none of its words.
        let mark = (bare.len() < word.len()).then(|| (start + bare.len()..end, String::new()));
        std::iter::once(first).chain(mark)
    })
}

/// A post's words beside a mention of its country or organization.
struct Description {
    span: Span,
    post: PostId,
    /// The words of the post alone.
    role: Span,
    organization: EntityId,
    /// Where the organization or country is named inside it.
    named: Span,
    /// Whether an article makes it mean one holder.
    definite: bool,
    former: bool,
}

/// A description that says who holds a post: "le président russe".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldPost {
    /// All its words.
    pub span: Span,
    /// The words of the post.
    pub role: Span,
    /// Who is meant.
    pub holder: EntityId,
    /// Where the post is.
    pub organization: EntityId,
    /// The words that name that.
    pub named: Span,
}

/// Adds the descriptions whose holder is known, in place of the mentions inside them.
pub(super) fn add(
    document: &Document,
    sentences: &[Sentence],
    gazetteer: &Gazetteer,
    schema: &Schema,
    descriptions: &Descriptions,
    holders: &Holders,
    mentions: &mut Vec<LinkedMention>,
) -> Vec<HeldPost> {
    superlatives(document, descriptions, mentions);
    let mut held = Vec::new();
    let (Ok(person), Ok(country)) = (schema.entity_type("Person"), schema.entity_type("Country")) else { return held };
    let is = |id: &EntityId, wider: &EntityType| {
        gazetteer.entity(id).is_some_and(|entity| schema.is_a(&entity.entity_type, wider))
    };
    let found: Vec<(Description, Option<EntityId>)> = mentions
        .iter()
        .filter(|mention| !is(&mention.entity, &person) && mention.form != MentionForm::Nominal)
        .filter_map(|mention| {
            let sentence = sentence_of(sentences, mention.span)?;
            let demonym = mention.form == MentionForm::Demonym || is(&mention.entity, &country);
            let description = describe(document, sentence, mention, demonym, descriptions)?;
            let named = beside(document, sentence, description.span, mentions, |id| is(id, &person));
            Some((description, named))
        })
        .collect();
    let mut told: BTreeMap<(&PostId, &EntityId), Option<EntityId>> = BTreeMap::new();
    for (description, named) in &found {
        if let Some(named) = named.as_ref().filter(|_| !description.former) {
            let entry =
                told.entry((&description.post, &description.organization)).or_insert_with(|| Some(named.clone()));
            if entry.as_ref() != Some(named) {
                *entry = None;
            }
        }
    }
    let mut by_start: Option<BTreeMap<usize, LinkedMention>> = None;
    for (description, named) in &found {
        if named.is_some() || !description.definite || description.former {
            continue;
        }
        let in_document = told.get(&(&description.post, &description.organization));
        let holder = match in_document {
            Some(holder) => holder.clone().map(|holder| (holder, WhyLinked::DescribedInDocument)),
            None => holders.at(description, document).map(|holder| (holder, WhyLinked::DatedRole)),
        };
        if let Some((entity, why)) = holder {
            // By their starts, because taking some out of the middle of a long list takes long.
            let by_start = by_start.get_or_insert_with(|| {
                let all = std::mem::take(mentions).into_iter();
                all.map(|mention| (mention.span.start(), mention)).collect::<BTreeMap<_, _>>()
            });
            let before = by_start.range(..description.span.start()).next_back();
            let inside: Vec<_> = before
                .into_iter()
                .chain(by_start.range(description.span.start()..description.span.end()))
                .filter(|(_, mention)| mention.span.overlaps(description.span))
                .map(|(start, mention)| (*start, mention.span))
                .collect();
            let crosses = inside.iter().any(|(_, span)| !description.span.contains(*span));
            if !crosses {
                for (start, _) in inside {
                    by_start.remove(&start);
                }
                held.push(HeldPost {
                    span: description.span,
                    role: description.role,
                    holder: entity.clone(),
                    organization: description.organization.clone(),
                    named: description.named,
                });
                let mention = LinkedMention::new(description.span, entity, MentionForm::Nominal, why);
                by_start.insert(mention.span.start(), mention);
            }
        }
    }
    mentions.extend(by_start.into_iter().flat_map(BTreeMap::into_values));
    held
}

/// The description that a mention of a country or an organization is part of.
fn describe(
    document: &Document,
    sentence: Span,
    mention: &LinkedMention,
    of_country: bool,
    descriptions: &Descriptions,
) -> Option<Description> {
    let text = &document.text;
    let before = &text[sentence.start()..mention.span.start()];
    let after = &text[mention.span.end()..sentence.end().max(mention.span.end())];
    // "président chinois", "PDG de la Sberbank": the post before; an adjective, and a Russian genitive, need no tie.
    let head = if mention.form == MentionForm::Demonym || descriptions.declines {
        Some(before)
    } else {
        descriptions.tie.captures(before).and_then(|tie| tie.name("tie")).map(|tie| &before[..tie.start()])
    };
    let (span, role, post) = if let Some(head) = head
        && let Some((post, start)) = descriptions.post_at_end(head)
    {
        let start = sentence.start() + start;
        let end = sentence.start() + head.trim_end().len();
        (Span::new(start, mention.span.end()), Span::new(start, end.max(start)), post)
    } else {
        // "Chinese president", "Sberbank's chief executive".
        let possessive = after.strip_prefix("'s").or_else(|| after.strip_prefix("’s"));
        if mention.form != MentionForm::Demonym && possessive.is_none() {
            return None;
        }
        let rest = possessive.unwrap_or(after);
        let (post, length) = descriptions.post_at_start(rest)?;
        let end = mention.span.end() + (after.len() - rest.len()) + length;
        let start = end - rest[..length].trim_start().len();
        (Span::new(mention.span.start(), end), Span::new(start, end), post)
    };
    // "le ministre chinois des Affaires étrangères": another post than the words so far say.
    let rest = text[span.end()..sentence.end().max(span.end())].trim_start().to_lowercase().replace('’', "'");
    let complement =
        |tie: &String| rest.strip_prefix(tie.as_str()).is_some_and(|rest| tie.ends_with('\'') || rest.starts_with(' '));
    if span.end() == mention.span.end()
        && mention.form == MentionForm::Demonym
        && descriptions.words.of_the.iter().any(complement)
    {
        return None;
    }
    let head = &text[sentence.start()..span.start()];
    let former = descriptions.former.is_match(head);
    let possessive = span.end() > mention.span.end();
    let alone = of_country && head.trim().is_empty();
    let definite = descriptions.declines || possessive || alone || descriptions.definite.is_match(head);
    let (post, organization, named) = (post.clone(), mention.entity.clone(), mention.span);
    Some(Description { span, post, role, organization, named, definite, former })
}

/// The person whose name stands right after or right before a description, so that it describes a name and is no mention.
fn beside(
    document: &Document,
    sentence: Span,
    span: Span,
    mentions: &[LinkedMention],
    is_person: impl Fn(&EntityId) -> bool,
) -> Option<EntityId> {
    let text = &document.text;
    let near = |between: &str, limit: usize| {
        between.chars().count() <= limit
            && !between.contains(['.', ';', '!', '?', '\n'])
            && between.matches(',').count() <= 1
    };
    let after = mentions.partition_point(|mention| mention.span.start() < span.end());
    let after = mentions.get(after).filter(|mention| mention.span.start() < sentence.end());
    let after = after.filter(|mention| {
        let between = &text[span.end()..mention.span.start()];
        is_person(&mention.entity)
            && near(between, 40)
            && between.split_whitespace().all(|word| {
                word == ","
                    || word.len() <= 3
                    || between.trim_start().starts_with(',')
                    || word.starts_with(char::is_uppercase)
            })
            && between.split_whitespace().count() <= 3
    });
    let before = mentions.partition_point(|mention| mention.span.end() <= span.start()).checked_sub(1);
    let before = before.map(|at| &mentions[at]).filter(|mention| mention.span.start() >= sentence.start());
    let before = before.filter(|mention| {
        let between = text[mention.span.end()..span.start()].trim_start();
        is_person(&mention.entity)
            && near(between, 12)
            && (between.starts_with(',') || between.starts_with('(') || between.starts_with('–'))
    });
    after.or(before).map(|mention| mention.entity.clone())
}

/// Who held which post when, as the gazetteer's dated roles say.
#[derive(Debug, Default)]
pub struct Holders(HashMap<(PostId, EntityId), Vec<Tenure>>);

/// Somebody who held a post, and when, as far as known.
type Tenure = (EntityId, Option<Period>);

impl Holders {
    /// Takes the roles of every entity.
    pub fn new(gazetteer: &Gazetteer) -> Self {
        let mut holders: HashMap<_, Vec<_>> = HashMap::new();
        for entity in gazetteer.with_roles() {
            for role in &entity.roles {
                let post = (role.post.clone(), gazetteer.standing_for(&role.organization).clone());
                holders.entry(post).or_default().push((entity.id.clone(), role.period));
            }
        }
        Self(holders)
    }

    /// Who held the post at the document's date, if exactly one did.
    fn at(&self, description: &Description, document: &Document) -> Option<EntityId> {
        let date = document.metadata.date?;
        let post = (description.post.clone(), description.organization.clone());
        let mut holders =
            self.0.get(&post)?.iter().filter(|(_, period)| period.is_none_or(|period| period.may_contain(date)));
        let (first, _) = holders.next()?;
        holders.all(|(other, _)| other == first).then(|| first.clone())
    }
}

/// ", la plus grande banque du pays,": describes the name right before it.
fn superlatives(document: &Document, descriptions: &Descriptions, mentions: &mut Vec<LinkedMention>) {
    if descriptions.words.superlative.is_empty() {
        return;
    }
    let mut added = Vec::new();
    for mention in mentions.iter().filter(|mention| mention.form == MentionForm::Name) {
        let after = &document.text[mention.span.end()..];
        let near = &after[..after.floor_char_boundary(160)];
        let Some(what) = descriptions.superlative.captures(near).and_then(|captures| captures.name("what")) else {
            continue;
        };
        let words = what.as_str().trim_end();
        let span = Span::new(mention.span.end() + what.start(), mention.span.end() + what.start() + words.len());
        if overlapping(mentions, span).is_empty() {
            let why = WhyLinked::DescribedInDocument;
            added.push(LinkedMention::new(span, mention.entity.clone(), MentionForm::Nominal, why));
        }
    }
    insert_all(mentions, added);
}

fn sentence_of(sentences: &[Sentence], span: Span) -> Option<Span> {
    let after = sentences.partition_point(|sentence| sentence.span.start() <= span.start());
    sentences[..after].last().map(|sentence| sentence.span).filter(|sentence| sentence.contains(span))
}
