/** npm run bench:dial: what it takes to read texts of 10 kB and 100 kB, the hostile ones among them. */
import '../bench/dial.bench.ts';
