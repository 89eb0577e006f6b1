//! Russian conjugation: -ать/-ять, -овать/-евать, -ить, -еть verbs with and without -ся; the rest is listed.

use super::{Form, Irregular, Tense, add, add_listed};

/// `None` when the infinitive is of no regular kind and nothing is listed.
pub(super) fn forms(infinitive: &str, irregular: Option<&Irregular>) -> Option<Vec<Form>> {
    let listed = irregular.cloned().unwrap_or_default();
    let (active, reflexive) = match infinitive.strip_suffix("ся") {
        Some(active) => (active, true),
        None => (infinitive, false),
    };
    let present = if listed.perfective { Tense::Future } else { Tense::Real };
    let mut forms = vec![Form { text: active.to_owned(), tense: Tense::Infinitive }];
    let stem = active.strip_suffix("ть");
    if listed.present.is_empty() {
        if let Some(start) = active.strip_suffix("овать").or_else(|| active.strip_suffix("евать")) {
            add(&mut forms, present, start, &["ует", "уют"]);
        } else if let Some(start) = active.strip_suffix("ить") {
            // Labials take an л before я only in the first person; third persons are regular but for the hushers.
            let plural = if start.ends_with(['ж', 'ш', 'ч', 'щ']) { "ат" } else { "ят" };
            add(&mut forms, present, start, &["ит", plural]);
        } else {
            add(&mut forms, present, stem?, &["ет", "ют"]);
        }
    } else {
        add_listed(&mut forms, present, &listed.present);
    }
    add_listed(&mut forms, Tense::Future, &listed.future);
    if listed.past.is_empty() {
        add(&mut forms, Tense::Real, stem?, &["л", "ла", "ло", "ли"]);
    } else {
        add_listed(&mut forms, Tense::Real, &listed.past);
    }
    if reflexive {
        for form in &mut forms {
            let after_vowel = form.text.ends_with(['а', 'о', 'и', 'у', 'ю', 'я', 'е']);
            form.text.push_str(if after_vowel { "сь" } else { "ся" });
        }
    }
    add_listed(&mut forms, Tense::Gerund, &listed.gerund);
    let participles = if listed.participle.is_empty() { passive(active) } else { listed.participle };
    for stem in participles {
        add(&mut forms, Tense::Participle, &stem, &["", "а", "о", "ы"]);
        add(
            &mut forms,
            Tense::Participle,
            &format!("{stem}н"),
            &["ый", "ая", "ое", "ые", "ого", "ой", "ому", "ым", "ом", "ую", "ых", "ыми"],
        );
    }
    Some(forms)
}

/// "поддерживаем" and "поддерживаю" from "поддерживает" and "поддерживают".
pub(super) fn first_persons(forms: &[Form]) -> Vec<Form> {
    let mut made = Vec::new();
    for Form { text, tense } in forms.iter().filter(|form| matches!(form.tense, Tense::Real | Tense::Future)) {
        let (active, reflexive) = text.strip_suffix("ся").map_or((text.as_str(), false), |active| (active, true));
        for (third, first) in [("ет", "ем"), ("ит", "им"), ("ют", "ю"), ("ут", "у"), ("ят", "ю"), ("ат", "у")]
        {
            if let Some(stem) = active.strip_suffix(third) {
                let ending = match (reflexive, first.ends_with('м')) {
                    (false, _) => "",
                    (true, true) => "ся",
                    (true, false) => "сь",
                };
                add(&mut made, *tense, stem, &[&format!("{first}{ending}")]);
            }
        }
    }
    made
}

/// The stem of the short passive participle where it is regular: "разработать" -> "разработан", "подписать" -> "подписан".
fn passive(active: &str) -> Vec<String> {
    let stem = active.strip_suffix("ать").map(|start| format!("{start}ан"));
    stem.or_else(|| active.strip_suffix("ять").map(|start| format!("{start}ян"))).into_iter().collect()
}
