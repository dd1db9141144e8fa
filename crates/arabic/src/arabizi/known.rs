//! Small words of Arabizi that are written as no rule would have it, and the small words by which languages are told.

/// The Arabic of a small word. Chosen by hand.
pub(super) fn reading(word: &str) -> Option<&'static str> {
    let arabic = match word {
        "allah" | "alah" | "ellah" => "الله",
        "wallah" | "walah" | "wallahi" | "wlh" | "wlahi" | "wellah" => "والله",
        "inchallah" | "inshallah" | "nchallah" | "inchalah" | "insha2allah" | "nshallah" => "ان شاء الله",
        "hamdoullah" | "hamdolilah" | "hamdoulah" | "7amdoullah" | "7amdulillah" | "hamdulillah" => "الحمد لله",
        "machallah" | "mashallah" | "machalah" | "masha2allah" => "ما شاء الله",
        "rabi" | "rabbi" | "reby" | "rebi" => "ربي",
        "ana" | "ena" | "ani" => "انا",
        "nta" | "enta" | "inta" | "ente" | "enti" | "inti" | "nti" | "anta" | "anti" => "انت",
        "ntoma" | "ntouma" | "entouma" => "انتم",
        "hna" | "7na" | "ahna" | "i7na" | "e7na" | "ehna" | "a7na" => "احنا",
        "howa" | "huwa" | "houwa" | "hwa" => "هو",
        "hiya" | "heya" | "hia" => "هي",
        "homa" | "houma" | "huma" => "هم",
        "fi" | "fel" | "fil" | "fe" => "في",
        "men" | "min" | "mn" => "من",
        "3la" | "3ala" | "ala" | "3al" | "3a" => "علي",
        "m3a" | "ma3a" | "ma3" => "مع",
        "el" | "al" | "il" | "l" => "ال",
        "w" | "wa" | "ou" | "o" | "u" => "و",
        "ya" | "ia" => "يا",
        "la" | "la2" | "laa" => "لا",
        "ma" | "maa" => "ما",
        "elli" | "illi" | "eli" | "lli" | "ili" => "اللي",
        "kol" | "koul" | "kul" | "kull" | "koll" | "kel" | "kl" => "كل",
        "had" | "hada" | "hadha" | "haza" | "hatha" | "heda" => "هذا",
        "hadi" | "hadhi" | "hathi" | "hedi" => "هذي",
        "mesh" | "mish" | "mch" | "mech" | "mosh" | "mush" | "msh" => "مش",
        "mouch" | "moch" | "mouch'" => "موش",
        "wach" | "wesh" | "wech" | "wash" => "واش",
        "lazem" | "lazm" | "lazim" => "لازم",
        "bzaf" | "bezaf" | "bezzaf" | "bzzaf" | "bzaaf" => "بزاف",
        "barcha" | "barsha" => "برشا",
        "ktir" | "kteer" | "kter" | "ktiir" | "kthir" => "كثير",
        "awi" | "awy" | "2awi" => "قوي",
        "nas" | "ness" | "enness" | "nnas" => "ناس",
        "ahl" => "اهل",
        "sabah" | "saba7" | "sba7" | "sbah" => "صباح",
        "khir" | "kheir" | "5eir" | "khayr" | "5air" | "khair" => "خير",
        _ => return None,
    };
    Some(arabic)
}

/// Whether a word is one of the small words of Arabizi that are no words of French, English, Spanish or Italian.
pub(super) fn is_arabizi(word: &str) -> bool {
    ARABIZI.split(' ').any(|known| known == word)
}

/// Whether a word is a small word of Arabizi and of another language.
pub(super) fn may_be_arabizi(word: &str) -> bool {
    IN_DOUBT.split(' ').any(|known| known == word)
}

/// Whether a word is one of the most frequent of French, English and their text messages.
pub(super) fn is_french_or_english(word: &str) -> bool {
    FRENCH_AND_ENGLISH.split(' ').any(|known| known == word)
}

const ARABIZI: &str = "\
    wallah walah wallahi wlh wellah inchallah inshallah nchallah hamdoullah hamdoulah hamdulillah \
    machallah mashallah habibi habibti yalla khoya khouya khti sahbi sa7bi akhi okhti wach wech wesh \
    chkoun chkun chnou chnowa shnou shno kifach kifech kifesh kifak keefak kifek keefik lesh leish leih \
    3lach alach 3lah wein feen fein bzaf bezaf bezzaf barcha barsha kteer ktir awi awy daba deba dorka \
    delwa2ti halla2 hala2 elyoum lyoum lyom enharda mesh mish mouch mafi mafich mafish makanch makayn \
    makaynch kayn kayna kayen rak raki rahi rahom rana nta nti ntouma ntoma enta enti inta e7na i7na \
    ehna hna ana howa heya homa houma elli illi hadchi hadshi hayda haida heik heyk keda kda dyal dyali \
    dyalek dyalna ta3 nta3 bta3 bta3ak beta3 bitaa walou walo lazem lazim chwiya chwia shwaya shway \
    shwai shu shou weld wlad wled bnat bnet bled blad bladna bladi ghir ghi kima bech 3and 3andi 3ndi \
    andou bedi badi beddi biddi abgha 3ayez ayez mezyan mezian zwin mlih mlee7 khalas 5alas rabi rabbi \
    rebbi dima haja hajja yeser yesser fih fiha fik bik bih biha likom lina roh rouh rou7 machi saha \
    khir kheir kho mahlek mahla ahla mabrouk mabrook mabruk tbarkallah nchalah haka hakka hakda hadik \
    hadak ga3 gaa3 wch ahna mech moch klem kalam chay shay 7aja awel khedma khdma yemma yemmak tounes \
    dzair lmaghrib rajel rajl mra lmra tofla drari weldi wldi bentek yehdik yahdik yar7am yerhem rabena \
    rabna ya3tik sahit allahoma amine allahouma zina zwina behi bahi mouchkla mochkil nhar lila lyouma \
    ghoudwa ghodwa bokra bukra mbareh embareh";

const IN_DOUBT: &str = "\
    ya la el al w ou o ma fi men min had hada hadi fin ila chi bas bass leh da di li lik mn kol kul koul \
    ahl allah sah wa wel fel bel ch ki ani fe be wala lakin win bent dial dork rah abi andi nas kif taa \
    tawa rani ena eish esh besh tamam hiya bach ama eli ili lah jaw kan ken mara b f chouf shouf mel bou \
    ye zin hhhh hhhhh";

const FRENCH_AND_ENGLISH: &str = "\
    the and is are was were of you to not this that with for it have has be but what they their your my \
    we he she his her from an a in on at by all who how why can will would so no yes if or as do does \
    just about there i me que qui est sont les des une un pas pour dans vous nous je tu il elle ils et \
    le de du au aux ce se sa son ses mon ma mes sur par plus avec mais comme tout tous bien cette ces \
    ont sans c'est c n'est j'ai d'un d'une qu'il y en ne la où te moi toi leur aussi fait faire trop \
    vrai s'il merci";
