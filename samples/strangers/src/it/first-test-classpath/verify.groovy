// Neither the compiler nor the JVM nor JUnit has anything to say, of modules or else, and the tests were run.
def console = new File(basedir, 'target/console.txt').text
assert console.contains('3 tests successful') : console
assert !(console =~ /(?i)warn|module/) : console
