use relata_model::Language;

use super::case;

const LANGUAGE: Language = Language::ENGLISH;

case!(title_before_a_name, "Mr. Putin met Dr. Xi. They spoke.", ["Mr. Putin met Dr. Xi.", "They spoke."]);
case!(country_letters_inside, "The U.S. Treasury acted.", ["The U.S. Treasury acted."]);
case!(country_letters_at_end, "He left the U.S. He is back.", ["He left the U.S.", "He is back."]);
case!(company_form_inside, "Apple Inc. Chairman Levinson spoke.", ["Apple Inc. Chairman Levinson spoke."]);
case!(company_form_at_end, "He runs Apple Inc. The firm grows.", ["He runs Apple Inc.", "The firm grows."]);
case!(number_sign, "It is No. 5 in the world.", ["It is No. 5 in the world."]);
case!(the_word_no, "Did he go? No. He stayed.", ["Did he go?", "No.", "He stayed."]);
case!(eg, "Firms, e.g. Nvidia, gain.", ["Firms, e.g. Nvidia, gain."]);
case!(months, "On Nov. 19, 2025 it began. On Jan. 5 it ended.", ["On Nov. 19, 2025 it began.", "On Jan. 5 it ended."]);
case!(time_of_day, "It opened at 5 p.m. Moscow time.", ["It opened at 5 p.m. Moscow time."]);
case!(time_of_day_at_end, "It opened at 5 p.m. The crowd came.", ["It opened at 5 p.m.", "The crowd came."]);
case!(middle_initial, "George W. Bush spoke.", ["George W. Bush spoke."]);
case!(vitamin, "It holds vitamin C. The rest is water.", ["It holds vitamin C.", "The rest is water."]);
case!(quotation_then_next, "He said “yes.” Next came Xi.", ["He said “yes.”", "Next came Xi."]);
case!(quotation_straight, "\"We won.\" He smiled.", ["\"We won.\"", "He smiled."]);
case!(quotation_goes_on, "“Is it so?” he asked.", ["“Is it so?” he asked."]);
case!(possessive_after_letters, "The U.S.’s plan failed.", ["The U.S.’s plan failed."]);
case!(decimal, "Shares rose 5.3 percent. Oil fell.", ["Shares rose 5.3 percent.", "Oil fell."]);
case!(money, "It paid $1.2 billion. $3 went abroad.", ["It paid $1.2 billion.", "$3 went abroad."]);
case!(saint, "He flew to St. Petersburg. It rained.", ["He flew to St. Petersburg.", "It rained."]);
case!(versus, "Apple vs. Samsung is over.", ["Apple vs. Samsung is over."]);
case!(dateline, "MOSCOW, Nov 19, 2025 (Agency) - Russia said so.", ["MOSCOW, Nov 19, 2025 (Agency) - Russia said so."]);
case!(name_with_mark, "Yahoo! has grown. Yes.", ["Yahoo! has grown.", "Yes."]);
case!(et_al, "So say Smith et al. in 2020.", ["So say Smith et al. in 2020."]);
case!(ellipsis, "Well... He left.", ["Well...", "He left."]);
