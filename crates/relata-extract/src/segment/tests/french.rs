use relata_model::Language;

use super::case;

const LANGUAGE: Language = Language::FRENCH;

case!(title_before_a_name, "M. Poutine a parlé. Il part.", ["M. Poutine a parlé.", "Il part."]);
case!(plural_title, "MM. Gref et Xi se sont vus. Rien d'autre.", ["MM. Gref et Xi se sont vus.", "Rien d'autre."]);
case!(madame_with_stop, "Mme. Nabioullina décide. Elle attend.", ["Mme. Nabioullina décide.", "Elle attend."]);
case!(doctor, "Le Dr. Babaev estime cela.", ["Le Dr. Babaev estime cela."]);
case!(company_form_inside, "La S.A. Novalis emploie mille personnes.", ["La S.A. Novalis emploie mille personnes."]);
case!(
    company_form_at_end,
    "Elle possède Novalis S.A. Le groupe va bien.",
    ["Elle possède Novalis S.A.", "Le groupe va bien."]
);
case!(for_example, "Des firmes, p. ex. Sber, avancent.", ["Des firmes, p. ex. Sber, avancent."]);
case!(for_example_long, "Des firmes (par ex. Sber) avancent.", ["Des firmes (par ex. Sber) avancent."]);
case!(country_letters, "Les U.S. Marines sont là. Ils restent.", ["Les U.S. Marines sont là.", "Ils restent."]);
case!(etc_inside, "Sber, VK, etc. ont signé.", ["Sber, VK, etc. ont signé."]);
case!(etc_at_end, "Il cite Sber, VK, etc. La Russie avance.", ["Il cite Sber, VK, etc.", "La Russie avance."]);
case!(etc_before_a_name, "Il cite Sber, VK, etc. Poutine sourit.", ["Il cite Sber, VK, etc.", "Poutine sourit."]);
case!(before_christ, "Fondée en 50 av. J.-C. Elle dure.", ["Fondée en 50 av. J.-C.", "Elle dure."]);
case!(before_christ_inside, "En 50 av. J.-C. César marche.", ["En 50 av. J.-C. César marche."]);
case!(number_sign, "Le décret No. 5 est signé.", ["Le décret No. 5 est signé."]);
case!(article_number, "Voir l'art. 5 du traité. Il est clair.", ["Voir l'art. 5 du traité.", "Il est clair."]);
case!(initial, "V. Poutine parle à X. Jinping.", ["V. Poutine parle à X. Jinping."]);
case!(three_initials, "J. R. R. Tolkien écrit.", ["J. R. R. Tolkien écrit."]);
case!(initials_joined, "J.R.R. Tolkien et J.-P. Sartre.", ["J.R.R. Tolkien et J.-P. Sartre."]);
case!(letter_that_is_no_initial, "Il faut un plan B. Il le dit.", ["Il faut un plan B.", "Il le dit."]);
case!(decimal_comma, "Il passe à 10,8 % en 2024. Il gagne.", ["Il passe à 10,8 % en 2024.", "Il gagne."]);
case!(thousands_stop, "Il y avait 1.370 votes, contre 4.724. Peu.", ["Il y avait 1.370 votes, contre 4.724.", "Peu."]);
case!(decimal_stop, "La version 5.3 est sortie.", ["La version 5.3 est sortie."]);
case!(thousands_narrow_space, "Près de 15\u{202F}000 sanctions.", ["Près de 15\u{202F}000 sanctions."]);
case!(year_at_end, "C'était en 2025. Le pays change.", ["C'était en 2025.", "Le pays change."]);
case!(number_at_end_before_number, "Ils étaient 120. 30 sont partis.", ["Ils étaient 120.", "30 sont partis."]);
case!(guillemets_then_verb, "« Partez ! » dit-il. Puis rien.", ["« Partez ! » dit-il.", "Puis rien."]);
case!(guillemets_question_no_break, "Il demande : « Où ? » et part.", ["Il demande : « Où ? » et part."]);
case!(guillemets_then_sentence, "Il dit : « Oui. » Puis il part.", ["Il dit : « Oui. »", "Puis il part."]);
case!(guillemets_narrow_space, "« Oui.\u{202F}» Puis il part.", ["« Oui.\u{202F}»", "Puis il part."]);
case!(guillemets_open_next, "Il part. « Enfin », dit-elle.", ["Il part.", "« Enfin », dit-elle."]);
case!(typographic_quotes, "Il a dit “oui.” Elle aussi.", ["Il a dit “oui.”", "Elle aussi."]);
case!(
    quotes_the_wrong_way,
    "Le dicton : ”Tout revient.“ Le chaos vient.",
    ["Le dicton : ”Tout revient.“", "Le chaos vient."]
);
case!(ellipsis_sign_inside, "Sber, Yandex, VK… sont là.", ["Sber, Yandex, VK… sont là."]);
case!(ellipsis_sign_at_end, "Il hésite… Puis il part.", ["Il hésite…", "Puis il part."]);
case!(ellipsis_dots, "Il hésite... Puis il part.", ["Il hésite...", "Puis il part."]);
case!(ellipsis_dots_inside, "Il hésite... puis il part.", ["Il hésite... puis il part."]);
case!(ellipsis_cut, "Le texte [...] Poutine a signé.", ["Le texte [...] Poutine a signé."]);
case!(ellipsis_in_brackets, "Les géants (Sber, Yandex, VK…), les PME.", ["Les géants (Sber, Yandex, VK…), les PME."]);
case!(
    missing_space,
    "La Chine avance sur la scène internationale.Autosuffisance visée.",
    ["La Chine avance sur la scène internationale.", "Autosuffisance visée."]
);
case!(missing_space_elision, "Il parle.L'Europe écoute.", ["Il parle.", "L'Europe écoute."]);
case!(missing_space_after_quotes, "Il dit « oui ».Le pays vote.", ["Il dit « oui ».", "Le pays vote."]);
case!(missing_space_after_year, "Fondée en 2024.Elle grandit.", ["Fondée en 2024.", "Elle grandit."]);
case!(site_is_no_missing_space, "Voir Mail.Ru et kremlin.ru pour plus.", ["Voir Mail.Ru et kremlin.ru pour plus."]);
case!(question_and_exclamation, "Vraiment ?! Oui !", ["Vraiment ?!", "Oui !"]);
case!(exclamations, "Chers citoyens! Chers amis!", ["Chers citoyens!", "Chers amis!"]);
case!(
    brackets_close_after_stop,
    "Il part. (Il reviendra.) Elle reste.",
    ["Il part.", "(Il reviendra.)", "Elle reste."]
);
case!(mark_in_brackets, "Il a gagné (!) Moscou.", ["Il a gagné (!) Moscou."]);
case!(footnote_number, "Il part.[1] Elle reste.² Fin.", ["Il part.[1]", "Elle reste.²", "Fin."]);
case!(numbered_inside, "Il veut : 1. Accélérer. 2. Former.", ["Il veut : 1.", "Accélérer.", "2. Former."]);
case!(no_break_space_after_stop, "Il part.\u{A0}Elle reste.", ["Il part.", "Elle reste."]);
case!(typographic_apostrophe, "L’IA avance. L’Europe suit.", ["L’IA avance.", "L’Europe suit."]);
case!(straight_apostrophe, "L'IA avance. C'est dit.", ["L'IA avance.", "C'est dit."]);
case!(semicolon_goes_on, "Il part ; Elle reste.", ["Il part ; Elle reste."]);
case!(accented_capital, "Il part. À Moscou, on attend. Élu hier.", ["Il part.", "À Moscou, on attend.", "Élu hier."]);
case!(dash_between_sentences, "Il part. — Elle reste.", ["Il part.", "— Elle reste."]);
case!(
    translators_note,
    "Des billions [Billion : mille milliards — NdT] ainsi.",
    ["Des billions [Billion : mille milliards — NdT] ainsi."]
);
case!(degrees, "Il faisait 25 °C. Les gens partent.", ["Il faisait 25 °C.", "Les gens partent."]);
case!(number_of_a_king, "Il régna avec Dagobert I. Ils partent.", ["Il régna avec Dagobert I.", "Ils partent."]);
case!(surname_with_article, "Selon Jean V. La Rosa, tout va.", ["Selon Jean V. La Rosa, tout va."]);
case!(article_of_a_code, "Les articles L. 642-3 et suivants.", ["Les articles L. 642-3 et suivants."]);
case!(roman_number_follows, "Voir Vol. XVII du recueil.", ["Voir Vol. XVII du recueil."]);
case!(
    spaced_straight_quotes,
    "Il dit : \" Quelle bête ! \" Les serveurs rient.",
    ["Il dit : \" Quelle bête ! \"", "Les serveurs rient."]
);
