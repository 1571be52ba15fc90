"""The words that make a name part of another: of a person's, an organisation's, a public body's, a building's, a river's or a street's."""

from __future__ import annotations

import re

TITLES = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lord|Lady|Dame|Prof|Professor|Sen|Senator|Rep|Representative|Gov|Governor|President|Secretary|Minister"
    r"|Premier|Chancellor|General|Gen|Col|Colonel|Capt|Captain|Lt|"
    r"Lieutenant|Sgt|Sergeant|Maj|Major|Admiral|Adm|Cmdr|Commander|Judge|Justice|Sheriff|Mayor|Officer|Detective|Inspector|Rev|Reverend"
    r"|Father|Sister|Pope|King|Queen|Prince|Princess|Saint|Chief|Coach|"
    r"Commodore|Brigadier|Baroness|Ambassador|Attorney|Spokesman|Spokeswoman|Actor|Actress|Singer|named|Deputy|Cpl|Pvt|Congressman|Congresswoman"
    r"|coach|actor|actress|singer|author|striker|midfielder|defender|goalkeeper|spokesman|spokeswoman|senator|detective|officer|lawyer)\.?"
    r"\s+(?:[A-Z]\.\s*)?$"
)
_PUBLIC = (
    r"(?:Police|Sheriff(?:['’]s)?|Army|Navy|Air Force|Marines?|Coast Guard|National Guard|Department|Ministry|Council|Commission"
    r"|Commissioners?|Court|Legislature|Assembly|Parliament|Senate|Congress|Government|"
    r"Authority|Fire|Administration|Supreme|Attorney|Governor|Mayor|President|Secretary|Minister|Justice|Treasury|Defen[cs]e|Public"
    r"|State|City|County|Jail|Detention|Highway|Election|Board)"
)
_ORGANISATION = (
    r"(?:University|College|Institute|School|Academy|Bank|Post|Times|Herald|Tribune|Journal|Gazette|Chronicle|Globe|Observer|Star|News"
    r"|Sun|Daily|Press|Examiner|Dispatch|Sentinel|Inquirer|Enquirer|"
    r"Department|Ministry|Office|Agency|Bureau|Commission|Committee|Council|Association|Society|Foundation|Federation|Union|League|Club"
    r"|FC|United|Company|Corporation|Corp|Inc|Ltd|LLC|Group|Holdings|"
    r"Airlines|Airways|Railways?|Railroad|Hospital|Clinic|Museum|Theat(?:re|er)|Orchestra|Symphony|Ballet|Opera|Church|Cathedral|Police"
    r"|Army|Navy|Marines?|Guard|Force|Forces|Corps|Party|Congress|Senate|"
    r"Parliament|Assembly|Court|Authority|Center|Centre|Institution|Trust|Fund|Exchange|Chamber|Partnership|Initiative|Organi[sz]ation"
    r"|Conference|Board|Administration|Service|Services|Network|Television|TV|"
    r"Radio|Rangers|Cowboys|Yankees|Giants|Lakers|Bulls|Bears|Lions|Eagles|Jets|Mets|Dodgers|Patriots|Redskins|Ravens|Saints|Falcons"
    r"|Panthers|Cardinals|Tigers|Wolves|Rovers|Wanderers|City Council|"
    r"Security|Defen[cs]e|Treaty|Accord|Agreement|Protocol|Convention|Declaration|Summit|Festival|Marathon|Open|Cup|Championship|Games"
    r"|Olympics|Embassy|Consulate|Fleet|Command|Flotilla|Squadron)"
)
INSTITUTION_AFTER = re.compile(rf"(?:['’]s)?\s+(?:(?:[A-Z][\w&.-]*|\d+(?:st|nd|rd|th)|of|for|&|the)\s+){{0,4}}?{_ORGANISATION}\b")
PUBLIC_AFTER = re.compile(
    rf"(?:['’]s)?\s+(?:{_PUBLIC}|(?:(?:[A-Z][\w&.'’-]*|of|for|and)\s+){{0,3}}?(?:Police|Sheriff(?:['’]s)?|Fire|Council|Commission|Courts?|Authority"
    r"|Jail|Clerk|Schools|School\s+(?:District|Board|Committee)|Public|Board))\b(?!\s+(?:University|College|School\b(?!\s+[DB])|Post|Times))"
)
BUILDING_AFTER = re.compile(
    r"(?:['’]s)?\s+(?:[A-Z][\w.'’-]*\s+){0,3}?(?:High School|Elementary|Middle School|School|Hospital|Clinic|Church|Cathedral|Mosque|Museum"
    r"|Theat(?:re|er)|Library|Cent(?:re|er)|Courthouse|Stadium|Arena|Zoo|Prison|Facility|Headquarters|Hall|Base|Barracks)\b"
    r"(?!\s+(?:of|for|District|Board))"
)
INSTITUTION_BEFORE = re.compile(
    r"\b(?:University|College|Bank|Institute|Ministry|Department|Church|Diocese|Archdiocese|Bishop|Archbishop|Duke|Duchess|Prince"
    r"|Princess|Earl|Government|Republic|Parliament|Treaty|Declaration|Convention|"
    r"Battle|Port Authority|Museum|Commonwealth Bank|Federal Reserve Bank|Court|Supreme Court|School|Hospital|Chamber of Commerce"
    r"|Association|Society|Council|Congress|Navy|Coast Guard|National Guard|Air Force|Armed Forces"
    r"|Police|Service|Union|Agency|Authority|Office|Corps|Federation"
    r"|[Cc]oast [Gg]uard|[Nn]avy|[Aa]rmy|[Aa]ir [Ff]orce)\s+(?:of|for)\s+(?:the\s+)?$"
)
GENERIC = re.compile(
    r"\s+(?:River|Creek|Lake|Street|St\.|Avenue|Ave\b|Road|Rd\b|Boulevard|Blvd|Drive|Lane|Highway|Parkway|Route|Mountains?|Mount|Hills?"
    r"|Valley|Canyon|Forest|Falls|Bridge|Tower|Square|Plaza|Mall|Hotel|Inn|"
    r"Stadium|Arena|Prison|Jail|Trail|Park|Reservoir|Dam|Ridge|Basin|Desert|Glacier|Volcano|Beach|Canal|Springs|Heights|Virus|virus"
    r"|Disease|disease|Accords?|Ave\.|Pike|Mine|Field|Airport)\b"
)
