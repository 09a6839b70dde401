"""The small scenario with every number that the movement model reads."""

from tests.scenario.small import write_small

from limen.scenario.read import read_scenario

PARAMETERS = """parameter,of,value,low,high,spread,unit,source,confidence,note
trips a day,Bridge by car,120,80,180,lognormal,persons a day,"Own assumption",low,
trips a day,flight to West,20,10,40,lognormal,persons a day,"Own assumption",low,
days away,East,2,1,4,lognormal,days,"Own assumption",low,
days away,West,7,4,12,lognormal,days,"Own assumption",low,
weekday factor,,1,,,fixed,factor,"Own assumption",low,
weekday factor,Saturday,1.5,,,fixed,factor,"Own assumption",low,
season factor,,1,,,fixed,factor,"Own assumption",low,
trips that turn elsewhere,,0.2,0.1,0.4,logit,share,"Own assumption",low,
waiting deters trips,,0.5,0.2,1,lognormal,per day,"Own assumption",low,
leaves a day,,0.0001,0.00005,0.0002,lognormal,per day,"Own assumption",low,
leaving a day,liable,0.02,0.01,0.04,lognormal,per day,"Own assumption",low,
leaving of others a day,,0.005,0.001,0.01,logit,per day,"Own assumption",low,
rise days,,2,1,4,lognormal,days,"Own assumption",low,
half-life days,,7,,,fixed,days,"Own assumption",medium,
travel weighs,,0.1,0.05,0.2,lognormal,per hour,"Own assumption",low,
waiting weighs,,0.5,0.2,1,lognormal,per day,"Own assumption",low,
pull,East,0.5,-0.5,1.5,normal,log,"Own assumption",low,
pull,West,0,,,fixed,log,"Own assumption",low,
attempts though shut,,0.01,0.001,0.05,logit,share,"Own assumption",low,
refusal risk weighs,,1,,,fixed,power,"Own assumption",low,
rush before closing,,2,1,4,lognormal,factor,"Own assumption",low,
days ahead,,7,,,fixed,days,"Own assumption",low,
tries again a day,,0.2,0.1,0.4,logit,per day,"Own assumption",low,
gives up a day,,0.05,0.02,0.1,logit,per day,"Own assumption",low,
hides a day,liable,0.02,0.01,0.04,logit,per day,"Own assumption",low,
called up a day,liable,0.003,0.001,0.006,logit,per day,"Own assumption",low,
claims at the border,,0.3,0.1,0.6,logit,share,"Own assumption",low,
moves on a day,East>West,0.01,0.005,0.02,logit,per day,"Own assumption",low,
returns a day,,0.005,0.002,0.01,logit,per day,"Own assumption",low,
asks for asylum a day,East,0.01,0.005,0.02,logit,per day,"Own assumption",low,
extends when days run out,,0.5,0.2,0.8,logit,share,"Own assumption",low,
returns when days run out,,0.5,0.2,0.8,logit,share,"Own assumption",low,
decisions a day,East,3,1,5,lognormal,persons a day,"Own assumption",low,
pending at the start,East,50,,,fixed,persons,"Own assumption",low,
"""


def small(folder, changes=None, edits=None):
    """The small scenario in a folder, read."""
    return read_scenario(write_small(folder, {"evidence/parameters.csv": PARAMETERS, **(changes or {})}, edits))
