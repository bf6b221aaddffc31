"""The vocabulary of the rules for dangerous advice. A guide's own exceptions stand in its terms.yml."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """A set of words."""
    return frozenset(text.split())


def pairs(text: str) -> list[str]:
    """The pairs of words in a list with commas."""
    return " ".join(text.split()).split(", ")


# Medicines
COUNTED = words(
    """sleeping_pill sleeping_pills pill pills tablet tablets tab tabs capsule capsules cap caps caplet caplets
    patch patches dose doses lozenge lozenges spoonful spoonfuls teaspoon teaspoons tsp tablespoon tablespoons
    drops puff puffs percocet percocets vicodin vicodins oxy oxys norco norcos xanax painkiller painkillers
    ampoule ampoules suppository suppositories"""
)
SEDATIVES = words(
    """benzodiazepine benzodiazepines benzo benzos xanax valium ativan gabapentin pregabalin sleeping_pill
    sleeping_pills benadryl diphenhydramine ambien zolpidem lunesta klonopin clonazepam lorazepam alprazolam
    diazepam lyrica soma sedative sedatives tranquilizer tranquilizers"""
)
MEDICINES = SEDATIVES | words(
    """medicine medicines medication medications med meds opioid opioids opiate opiates narcotic narcotics prescription
    methadone buprenorphine suboxone oxycodone oxycontin hydrocodone morphine fentanyl tramadol codeine hydromorphone
    dilaudid tapentadol acetaminophen tylenol ibuprofen advil naproxen aleve nsaid nsaids antidepressant
    antidepressants intake amount dosage pain-killers pain-reliever reliever relievers relaxer relaxers relaxant
    relaxants opioid's roxy syrup"""
)
NALOXONE = words("naloxone narcan nostril nostrils spray sprays")
UNITS = words(
    """mg mgs mcg ug µg μg ml mls cc milligram milligrams microgram micrograms milliliter milliliters millilitre
    millilitres mme mmes"""
)
# Amounts and times
NUMBERS = words(
    """two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty seventy
    eighty ninety hundred thousand several few couple dozen"""
)
FRACTIONS = words(
    """half halves quarter quarters third thirds double twice triple fifth sixth seventh eighth ninth tenth zero"""
)
PERCENT = words("% percent pct")
PERIODS = words(
    """hour hours hr hrs day days week weeks fortnight fortnights month months morning mornings evening evenings
    night nights weekday weekdays weekend weekends minute minutes monday tuesday wednesday thursday friday
    saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays h d"""
)
FREQUENTLY = words("daily nightly hourly weekly monthly bid tid qid qd q4h q6h q8h q12h biweekly fortnightly")
TIMES_OF_DAY = words(
    """morning mornings noon midday afternoon evening evenings night nights bedtime bed breakfast lunch dinner
    supper meal meals waking wake get_up lie_down sunrise midnight"""
)
DATES = words(
    """today tomorrow tonight spring summer fall autumn winter easter christmas thanksgiving january february march
    april may june july august september october november december year end then"""
)
EXTRA = words("tomorrow's more extra another additional second third further")
LESS = words("less fewer lower smaller off")
# Verbs, in the form of an order and as "-ing"
SWALLOW = words("take taking swallow swallowing chew pop")
TAKE = words(
    """have having give giving use using apply applying wear wearing stick put_on add adding change swap replace need
    start_with begin_with try trying get eat start keep stay alternate"""
)
FREELY = words("whenever anytime early earlier sooner together freely again")
TAPER = words("taper tapers tapering")
LOWER = words(
    """goes_down comes_down ease_down lower lowering lowers cut cutting cuts reduce reducing reduces drop dropping drops
    decrease decreasing decreases shrink shrinking wean weaning step_down go_down going_down come_down
    coming_down bring_down cut_back cut_down come_off get_off go_off be_off wean_off
    taper_off drop_down move_down subtract remove shave shave_off trim bring slash shorten"""
)
RAISE = words(
    """repeat make_up halve halving double doubling double_up doubling_up triple raise raising increase increasing
    go_up going_up boost up bump bump_up catch_up"""
)
SKIP = words("skip skipping leave_out leaving_out miss omit omitting pass_over")
HURL = words("chuck sling fling hurl lob")
STOP = (
    words(
        """stop quit cut cut_out cut_off discontinue end dump ditch toss toss_out flush throw_away throw_out give_up
    come_off get_off go_off do_without rip_off pull_off cease halt drop cold_turkey abandon wean_off leave_off
    get_rid go_without walk_away trash kick pour_out refuse being_off bin scrap"""
    )
    | HURL
)
STOPPED = words("stopped quit discontinued ended dumped tossed flushed thrown halted dropped abandoned trashed")
TAKEN = words("taken used swallowed given repeated added worn applied")
LOWERED = words("lowered halved reduced cut decreased dropped tapered")
RAISED = words("doubled raised increased tripled boosted")
SKIPPED = words("skipped omitted")
SPOILED = words("crushed chewed snorted injected smoked melted dissolved ground heated")
AWAY = words("trash garbage toilet loo sink bin dustbin drain gutter river dumpster")
DRINK = words(
    """drink have take try sip toast pour use mix combine smoke add enjoy grab buy order get swallow reach_for
    treat_yourself reward_yourself keep vape eat start consider wash wash_down relax unwind numb"""
)
SPOIL = words(
    """crush chew snort inject smoke melt heat warm dissolve suck grind lick rub break
    cut_open break_up microwave boil bite snip slice smash pound"""
)
GET = words(
    """hand donate offer buy order borrow share lend swap trade take use get give pass try accept ask sell have split
    finish"""
)
MIX = words("add mix combine pair stack chase top_up boost")
# What is not the reader's own medicine
ALCOHOL = words(
    """alcohol wine beer beers whiskey whisky vodka rum gin tequila brandy liquor cocktail cocktails nightcap booze
    bourbon champagne cider schnapps cognac margarita martini spirits"""
)
STREET = words(
    """weed pot marijuana cannabis kratom heroin cocaine joint edible edibles cbd gummies thc hash shrooms poppers
    ketamine sleeping_pill sleeping_pills sleep_aid"""
)
PERSONS = words(
    """friend friends neighbor neighbors sister brother mother mom dad father wife husband partner son daughter
    aunt uncle cousin roommate coworker colleague grandmother grandma grandfather grandpa else's somebody
    someone else spouse boyfriend girlfriend family relative buddy dealer stranger parent parents child kids
    person"""
)
ELSEWHERE = words("street online internet corner web dealer")
OLD = words("old leftover leftovers expired unused unwanted used spare empty")
# What decides the mood of a clause
DENIERS = words(
    """not never no nobody none without avoid avoids nor neither cannot don't doesn't can't won't shouldn't mustn't
    isn't aren't wasn't didn't wouldn't couldn't needn't nothing refuse no_longer"""
)
CONDITIONS = words(
    """if when whenever unless before after until till while because since although though whether how what why
    where who whom whose which once as in_case suppose like"""
)
BEING = words("is are was were does has")
MODALS = words("should must can could may shall will better ought need would")
PERMITTED = words(
    """fine ok okay safe best good better wise need needs have has had ought free time advised advise advisable
    remember expect aim sure easy smart right allowed able must smartest safest easiest only harmless want_you
    urge_you is trick step thing plan idea way"""
)
URGING = words("try consider start begin recommend suggest keep advise prefer")
AUDIENCE = words(
    "you patients people everyone everybody anyone anybody readers adults women teenagers teens children kids"
)
LEADING = words(
    """please just simply also now then today tonight tomorrow first instead next finally always and or so but even
    later immediately afterwards again still only maybe perhaps slowly safely quickly gently right at once yes
    okay ok free suddenly abruptly do well all usually often sometimes ever really either both
    carefully quietly step secondly lastly"""
)
FILLERS = words(
    """the a an your my this that these those his her their our slowly down further back about by to of what you
    yourself up_to taking take each daily total own it them all current whole pain strong usual regular same
    amount size only just every evening morning night noon little bit tad again gradually almost nearly roughly
    around up from for everything step notch missed today's new fresh"""
)
FINE = words(
    """fine safe ok okay harmless good helpful perfect best help helps ease eases calm calms relax relaxes soothe
    soothes easier better works faster quicker sooner enough numbs numb edge trick cures soften softens relief care
    plenty suffice suffices will_do"""
)
# What proves little: the evidence is weak
EVIDENCE = words("evidence proof study studies research data results")
WEAK = words("weak mixed small unclear unproven untested uncertain doubtful limited thin scarce")
WARNINGS = words(
    """kill kills deadly die dies died dangerous danger sick ill harm harms harmful risk risks risky unsafe worse
    overdose overdoses mistake wrong myth cost fake fakes warning fatal severe hurt hurts accident accidentally
    lose harder unpleasant misread shaky sign signs"""
)
# Who may change a dose, and the words by which a sentence hands the change to them
SAFE = words("fine safe ok okay harmless well nicely good perfect")
CARERS = words(
    """prescriber prescribers doctor doctors clinician nurse pharmacist provider surgeon dentist specialist
    doctor's prescriber's clinicians pharmacists team midwife label"""
)
HANDED = words(
    """with unless until ask talk tell call check under tells says agrees approves speak as plan prescribed see
    told"""
)
SLOWLY = words("slowly gradually carefully safely")
BODY = words(
    """walk walks walking exercise exercises swim swimming steps stretch stretches stretching run running jog yoga
    weights distance pushups reps cycling bike coffee caffeine tea salt sodium sugar water fluid fluids milk
    juice vegetables calories screen heat volume light noise weight broth soup vitamin protein fiber fibre food
    cup glass"""
)

# Pairs that are one word: with a meaning of their own, or because the denial in them denies nothing, as in "there is no
# harm in taking two".
JOINED = {
    pair: pair.replace(" ", "_")
    for pair in pairs(
        """put on, as often, goes down, comes down, get rid, go without, start with, begin with, step down, go down,
        going down, come down, coming down, bring down, cut back, cut down, come off, get off, go off, be off,
        wean off, taper off, double up, doubling up, go up, going up, leave out, leaving out, cut out, cut off,
        toss out, throw away, throw out, give up, do without, rip off, pull off, leave off, cut open, break up,
        reach for, in case, wash down, want you, like you, ask you, urge you, bump up, pour out, shave off, cold
        turkey, sleeping pill, sleeping pills, sleep aid, a problem, be afraid, be scared, be shy, up to, treat
        yourself, reward yourself, drop off, turn off, take off, in half, follow up, pass over, top up, get up,
        lie down, make up, catch up, ease down, walk away, drop down, move down, will do, being off, no longer"""
    )
}
JOINED |= dict.fromkeys(
    pairs(
        """no harm, no problem, no danger, nothing wrong, nothing dangerous, no risk, won't hurt, not hurt, won't
        harm, not harm, can't hurt, cannot hurt, not bad, not dangerous, not wrong, not a_problem, isn't
        a_problem, no problems, all right, no big"""
    ),
    "fine",
)
JOINED |= dict.fromkeys(
    pairs(
        """don't hesitate, not hesitate, don't worry, not worry, never mind, no doubt, why not, not be_afraid, don't
        be_afraid, not be_scared, not be_shy, not afraid, not wait, don't wait"""
    ),
    "free",
)
JOINED |= {"take care": "care", "takes care": "care", "not only": "also"}
