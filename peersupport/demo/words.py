"""What invented people write: strengths first, no diagnoses, nobody else's name."""

GIVEN_NAMES = (
    ("Alva", "girl"), ("Bilal", "boy"), ("Elin", "girl"), ("Samira", "girl"), ("Oskar", "boy"), ("Leyla", "girl"),
    ("Noah", "boy"), ("Tindra", "girl"), ("Yusuf", "boy"), ("Moa", "girl"), ("Hugo", "boy"), ("Amina", "girl"),
    ("Saga", "girl"), ("Elias", "boy"), ("Wilma", "girl"), ("Omar", "boy"), ("Ebba", "girl"), ("Viggo", "boy"),
    ("Zahra", "girl"), ("Liam", "boy"), ("Maja", "girl"), ("Malik", "boy"), ("Freja", "girl"), ("Otto", "boy"),
    ("Selma", "girl"), ("Melvin", "boy"), ("Ines", "girl"), ("Ibrahim", "boy"), ("Åsa-Li", "girl"), ("Örjan", "boy"),
)  # fmt: skip
FAMILY_NAMES = (
    "Exempelsson", "Provdal", "Testhage", "Fiktander", "Låtsman", "Påhittsson",
    "Diktsson", "Sagander", "Modellqvist", "Exempelgren", "Övningsby", "Årsprov",
)  # fmt: skip
CALLED = {"Ibrahim": "Ibbe", "Elias": "Elle", "Wilma": "Vilsan", "Åsa-Li": "Li"}

WORKS_WELL = (
    "Ritar gärna och pratar lättare med något i händerna.",
    "Kommer när hunden får följa med.",
    "Tycker om spel och hjälper gärna andra som kört fast.",
    "Morgnar är svåra, eftermiddagar går bättre.",
    "Är bra på matte och gillar att få visa det.",
    "Läser mycket. Biblioteket är en trygg plats.",
    "Lagar mat med mormor och berättar gärna om det.",
    "Följer fotbollen noga och har bra minne för detaljer.",
)
TRIED = (
    "Anpassat schema sedan terminsstarten. Mentorn ringer på fredagar.",
    "Samtal med kurator vid tre tillfällen. Lugn plats i biblioteket.",
    "Mentorn har skickat uppgifter hem. Eleven har lämnat in några.",
    "Möte med vårdnadshavare och rektor. En mindre grupp erbjuds.",
)
WANTS = (
    "Vill träffa någon som inte är lärare.",
    "Vill ta det lugnt och börja hemma.",
    "Vill kunna vara med på idrotten igen.",
    "Säger att det är okej att någon hör av sig.",
    "Vill helst skriva först och ses sen.",
)
GUARDIANS_SAY = (
    "Familjen är positiv och vill att det går i elevens takt.",
    "Mamma är med. Pappa vill veta mer innan han bestämmer sig.",
    "Vårdnadshavarna önskar en vuxen som har tid.",
    "Familjen berättar att helgerna fungerar bra.",
)
NOTES = {
    "home_visit": (
        "Vi spelade och pratade om hur morgnarna brukar vara.",
        "Vi gick en sväng med hunden. Det gick lätt att prata.",
        "Vi bakade bullar. Eleven bestämde receptet och takten.",
        "Vi planerade rasten på torsdag tillsammans.",
        "Lugn träff. Vi ritade och lyssnade på musik.",
    ),
    "at_school": (
        "Vi åt lunch i lilla rummet. Eleven stannade en stund extra.",
        "Vi var med på en rast. Eleven valde platsen.",
        "Vi gick genom skolgården efter sista lektionen.",
        "Eleven visade sitt arbete i bild och var stolt.",
    ),
    "activity": (
        "Vi gick runt sjön och räknade fåglar.",
        "Vi provade skatehallen. Eleven visade mig hur man bromsar.",
    ),
    "accompany": (
        "Vi gick vägen till skolan och vände vid grinden. Det var planen.",
        "Jag följde med in till mötet. Eleven sa själv vad som fungerar.",
    ),
    "video": ("Vi ritade på varsitt håll och visade varandra.",),
    "phone": ("Vi bestämde tid till nästa vecka.", "Kort samtal. Eleven hade sovit bättre."),
    "message": ("Eleven skrev först den här gången.", "Vi skickade bilder på våra katter."),
    "guardian_contact": ("Vi stämde av hur veckan har varit och vad som har hjälpt.",),
    "staff_contact": ("Mentorn ordnar så att eleven får börja i lilla gruppen.",),
}
NEXT_STEPS = (
    "Ses på biblioteket", "Prova en rast", "Ringa på torsdag", "Promenad vid sjön", "Äta lunch i skolan",
    "Vara med på bildlektionen", "Bestämma tid med mamma",
)  # fmt: skip
REASONS = (
    "Placerad på skolan och har ledig plats.",
    "Delar intresset för spel, och eleven ville träffa någon lugn.",
    "Talar elevens språk och är på skolan tre dagar i veckan.",
    "Eleven har sett hen på skolgården och ville gärna ses.",
)
# What they did, by kind; no word of it is about health.
TOPICS = {
    "home_visit": (("play", "talk"), ("make",), ("talk", "planning"), ("meal",)),
    "at_school": (("be_at_school",), ("meal", "be_at_school"), ("schoolwork",)),
    "activity": (("walk",), ("outing", "move")),
    "accompany": (("way_to_school",), ("be_at_school", "talk")),
    "video": (("make",), ("play",)),
    "phone": (("talk",), ("planning",)),
}
PUPILS_WORDS = (
    "Det var skönt att bara spela.",
    "Jag vill bestämma var vi ses nästa gång.",
    "Rasten gick bättre än jag trodde.",
)
FOR_SUPERVISION = (
    "Hur jag vet när det är dags att ta ett steg tillbaka",
    "Att säga nej när någon vill att jag ska skynda på",
)
PLACES = ("hemma", "skolgården", "biblioteket", "lilla rummet", "parken", "")
